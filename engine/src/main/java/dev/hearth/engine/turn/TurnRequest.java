package dev.hearth.engine.turn;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user said.
 *
 * @param relationship a relationship's id, or {@code companion:external_id}
 * @param text 1 to 32,768 characters
 * @param time when it was said; null for now
 * @param idempotencyKey names this turn: the same key with the same body answers the same turn; null for none
 * @param framing what the client sets around it
 */
public record TurnRequest(
        String relationship,
        String text,
        @Nullable Instant time,
        @Nullable String idempotencyKey,
        Framing framing) {

    public TurnRequest(String relationship, String text, @Nullable Instant time, @Nullable String idempotencyKey) {
        this(relationship, text, time, idempotencyKey, Framing.NONE);
    }
}
