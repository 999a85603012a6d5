package dev.hearth.spi;

import java.util.regex.Pattern;

/**
 * The opaque name of everything of one user (or of the operator's own data): the unit of isolation, encryption,
 * sharding and erasure. It reveals no person and is safe in file names, object names and logs.
 *
 * @param name 1 to 64 characters of {@code [a-z0-9]}
 */
public record Partition(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,64}");

    /** Companions, bundles, plans and what else belongs to the operator and to no user. */
    public static final Partition SYSTEM = new Partition("system");

    public Partition {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A partition's name is 1 to 64 characters of a-z and 0-9.");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
