package dev.hearth.client.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user says.
 *
 * @param text 1 to 32,768 characters
 * @param time when it was said; null for now
 * @param idempotencyKey names the turn, 1 to 255 visible ASCII characters; null to have one made
 */
public record NewMessage(
        String text, @Nullable Instant time, @Nullable String idempotencyKey) {

    public static NewMessage of(String text) {
        return new NewMessage(text, null, null);
    }

    /** The same under a key of the caller's, who can then ask again what came of it. */
    public NewMessage under(String key) {
        return new NewMessage(text, time, key);
    }
}
