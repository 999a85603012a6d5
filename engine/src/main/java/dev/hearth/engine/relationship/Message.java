package dev.hearth.engine.relationship;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One message as its owner sees it.
 *
 * @param id {@code msg_} and an opaque rest
 * @param seq its place in the relationship, from 1; gaps are deleted messages
 * @param time when it was said
 * @param turnId the turn it belongs to, null for what was imported
 */
public record Message(
        String id,
        long seq,
        Role role,
        @Nullable String speaker,
        String text,
        Instant time,
        @Nullable String turnId,
        Status status) {

    public enum Role {
        USER,
        COMPANION;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How the message's turn ended, or that it came by import. */
    public enum Status {
        OPEN,
        COMPLETED,
        INTERRUPTED,
        FAILED,
        IMPORTED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
