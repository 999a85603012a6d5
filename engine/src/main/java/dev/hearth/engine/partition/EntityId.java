package dev.hearth.engine.partition;

import dev.hearth.spi.Partition;
import java.time.Instant;
import java.util.Optional;

/**
 * The public id of a relationship, a turn, a message, a memory or an event: a kind, the partition's opaque name and a ULID. The
 * ULID's 80 bits after the time are not all random: the first 16 are the relationship's ordinal within its partition,
 * so that every id can be routed without a lookup. None reveals a person.
 *
 * @param kind which kind of thing
 * @param partition whose
 * @param millis when it came to be, milliseconds since 1970, 48 bits
 * @param ordinal the relationship's ordinal within the partition, 0 to 65,535
 * @param tail 64 bits that tell it from its siblings
 */
public record EntityId(Kind kind, Partition partition, long millis, int ordinal, long tail) {

    /** What an id names. */
    public enum Kind {
        RELATIONSHIP("rel_"),
        TURN("trn_"),
        MESSAGE("msg_"),
        MEMORY("mem_"),
        EVENT("evt_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final int SALT_BITS = 24;

    /** A message's salt is drawn from 0 to below this. */
    public static final int SALTS = 1 << SALT_BITS;

    public static EntityId of(Kind kind, Partition partition, Instant at, int ordinal, long tail) {
        return new EntityId(kind, partition, at.toEpochMilli() & 0xFFFF_FFFF_FFFFL, ordinal, tail);
    }

    /** A message's or memory's id: its tail is the seq (40 bits) and 24 random bits. */
    public static EntityId ofMessage(Kind kind, Partition partition, long millis, int ordinal, long seq, int salt) {
        return new EntityId(kind, partition, millis, ordinal, (seq << SALT_BITS) | salt);
    }

    public long seq() {
        return tail >>> SALT_BITS;
    }

    public int salt() {
        return (int) (tail & ((1 << SALT_BITS) - 1));
    }

    /** The last 26 characters: the ULID without kind and partition. */
    public String ulid() {
        return Base32.encode((millis << 16) | ordinal, tail);
    }

    @Override
    public String toString() {
        return kind.prefix + partition.name() + ulid();
    }

    /** The same thing under another kind's prefix. */
    public EntityId as(Kind other) {
        return new EntityId(other, partition, millis, ordinal, tail);
    }

    /** The id in {@code text}, empty where it is none of this kind. */
    public static Optional<EntityId> parse(Kind kind, String text) {
        int start = kind.prefix.length();
        if (text.length() != start + 2 * Base32.LENGTH || !text.startsWith(kind.prefix)) {
            return Optional.empty();
        }
        String name = text.substring(start, start + Base32.LENGTH);
        long[] halves = new long[2];
        if (!Base32.decode(name, halves)) {
            return Optional.empty();
        }
        return parseUlid(kind, new Partition(name), text.substring(start + Base32.LENGTH));
    }

    /** The id whose {@link #ulid} is {@code ulid}, empty where it is none. */
    public static Optional<EntityId> parseUlid(Kind kind, Partition partition, String ulid) {
        long[] halves = new long[2];
        if (!Base32.decode(ulid, halves)) {
            return Optional.empty();
        }
        return Optional.of(new EntityId(kind, partition, halves[0] >>> 16, (int) (halves[0] & 0xFFFF), halves[1]));
    }
}
