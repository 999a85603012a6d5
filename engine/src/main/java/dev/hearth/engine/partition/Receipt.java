package dev.hearth.engine.partition;

import java.time.Instant;
import java.util.List;

/**
 * What an erasure removed, store by store.
 *
 * @param id {@code era_} and an opaque rest
 * @param verified whether every store was asked again afterwards and had nothing
 */
public record Receipt(String id, Instant completedAt, List<StoreLine> stores, boolean verified) {

    public Receipt {
        stores = List.copyOf(stores);
    }

    /**
     * One store's share.
     *
     * @param store {@code keys}, {@code warm}, {@code hot}, {@code cold} or {@code memory}, and {@code vectors} where there
     *     is an index outside the node
     * @param removed how many items, objects, files or vectors
     * @param bytes how many bytes they took
     * @param cryptoShredded whether what may linger elsewhere (backups, freed disk blocks) cannot be read any more,
     *     its key being destroyed; false for {@code vectors}, which no key seals
     */
    public record StoreLine(String store, long removed, long bytes, boolean cryptoShredded) {}
}
