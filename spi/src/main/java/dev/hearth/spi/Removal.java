package dev.hearth.spi;

/**
 * What a store gave up when a partition was dropped.
 *
 * @param removed how many items, objects or files
 * @param bytes how many bytes they took
 */
public record Removal(long removed, long bytes) {

    public static final Removal NOTHING = new Removal(0, 0);

    public Removal plus(Removal other) {
        return new Removal(removed + other.removed, bytes + other.bytes);
    }
}
