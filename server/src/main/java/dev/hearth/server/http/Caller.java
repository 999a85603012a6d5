package dev.hearth.server.http;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, by their key.
 *
 * @param name the key's name, for logs
 * @param trusted whether they may say for which user they speak
 * @param defaultUser the user they speak for where nothing else is said; null for nobody
 */
public record Caller(
        String name, Scope scope, boolean trusted, @Nullable String defaultUser) {

    /** What a caller may do; each may do what those before it may. */
    public enum Scope {
        CHAT,
        APP,
        OPERATOR
    }

    boolean may(Scope wanted) {
        return scope.compareTo(wanted) >= 0;
    }
}
