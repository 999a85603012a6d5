package dev.hearth.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One conditional atomic write within one partition. A key stands at most once among the operations.
 *
 * @param conditions what must hold for any of it to happen
 * @param operations what is changed, 1 to {@link WarmStore#MAX_OPERATIONS}
 */
public record Write(List<Condition> conditions, List<Operation> operations) {

    public Write {
        conditions = List.copyOf(conditions);
        operations = List.copyOf(operations);
    }

    /** What must be true of a key before the write. */
    public sealed interface Condition {
        String key();

        /** The key has no live item. */
        record Absent(String key) implements Condition {}

        /** The key's live item has exactly this revision. */
        record RevisionIs(String key, long revision) implements Condition {}
    }

    /** One change. */
    public sealed interface Operation {
        String key();

        /**
         * Stores a value, replacing any.
         *
         * @param revision the revision it will answer with, at least 1
         * @param expiresAt when it stops existing, or null for never
         */
        @SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
        record Put(
                String key,
                long revision,
                byte[] value,
                @Nullable Instant expiresAt) implements Operation {}

        /** Removes a key; removing what is absent is allowed. */
        record Delete(String key) implements Operation {}
    }
}
