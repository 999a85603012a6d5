package dev.hearth.client.data;

import java.time.Instant;
import java.util.List;

/**
 * The receipt of an erasure.
 *
 * @param verified whether every store was looked at afterwards and held nothing
 */
public record Receipt(String id, Instant completedAt, List<StoreLine> stores, boolean verified) {
    public Receipt {
        stores = List.copyOf(stores);
    }
}
