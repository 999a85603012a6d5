package dev.hearth.client.data;

import org.jspecify.annotations.Nullable;

/**
 * A key to be made.
 *
 * @param trusted whether a key of scope chat may name the user
 * @param defaultUser for whom a key of scope chat speaks; null for nobody in particular
 */
public record NewApiKey(
        String name,
        KeyScope scope,
        boolean trusted,
        @Nullable String defaultUser) {}
