package dev.hearth.client.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a user states, to be remembered.
 *
 * @param time when it was said; null for now
 * @param externalId the same one again answers the same memory; null to have one made
 */
public record Statement(
        String text, @Nullable Instant time, @Nullable String externalId) {

    public static Statement of(String text) {
        return new Statement(text, null, null);
    }
}
