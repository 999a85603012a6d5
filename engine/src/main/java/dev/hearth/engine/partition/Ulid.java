package dev.hearth.engine.partition;

import java.time.Instant;
import java.util.random.RandomGenerator;

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
}
