package dev.hearth.engine.partition;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** ULIDs in lower case: 26 characters, ordered by their time, then by their rank. */
public final class Ulid {

    private Ulid() {}

    /**
     * A new one.
     *
     * @param rank orders those of one millisecond, by its lowest 16 bits
     */
    public static String of(Instant at, long rank, RandomGenerator random) {
        return Base32.encode((at.toEpochMilli() << 16) | (rank & 0xFFFF), random.nextLong());
    }

    public static boolean is(String text) {
        return Base32.decode(text, new long[2]);
    }

    /** The 128 bits of a ULID, the high ones first; null where {@code text} is none. */
    public static long @Nullable [] bits(String text) {
        long[] halves = new long[2];
        return Base32.decode(text, halves) ? halves : null;
    }

    /** The ULID with these bits. */
    public static String of(long high, long low) {
        return Base32.encode(high, low);
    }
}
