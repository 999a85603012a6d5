package dev.hearth.engine.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that the operator handed out, without its secret.
 *
 * @param id {@code key_} and 26 characters
 * @param name what the operator calls it, 1 to 200 characters
 * @param trusted whether it may say for whom it speaks: for applications that know their users
 * @param defaultUser for whom it speaks where nothing else is said; null for nobody
 */
public record AccessKey(
        String id,
        String name,
        Scope scope,
        boolean trusted,
        @Nullable String defaultUser,
        Instant createdAt) {

    /** What a key opens. */
    public enum Scope {
        /** Talking, and nothing else. */
        CHAT,
        /** Everything of companions, users and relationships. */
        APP
    }
}
