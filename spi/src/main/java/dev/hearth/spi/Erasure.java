package dev.hearth.spi;

import java.time.Instant;

/**
 * One step of an erasure. A partition's name can come back when the same person returns, so an erasure names the
 * key: what that key sealed is erased, what a later key sealed is not.
 *
 * @param id the receipt's id
 * @param partition whose data
 * @param keyId the key that was destroyed, 0 where the partition had none
 * @param at when
 * @param step how far it is
 */
public record Erasure(String id, Partition partition, long keyId, Instant at, Step step) {

    public enum Step {
        /** Decided: from here on it is carried through, after a crash too. */
        STARTED,
        /** Removed from every store and verified. */
        COMPLETED
    }
}
