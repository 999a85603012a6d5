package dev.hearth.client.data;

import org.jspecify.annotations.Nullable;

/**
 * Which memories of a list are wanted; null for any.
 *
 * @param kind {@code episodic}, {@code semantic} or {@code emotional}
 * @param pinned whether they are pinned
 * @param superseded whether a newer one took their place
 */
public record MemoryFilter(
        @Nullable String kind,
        @Nullable Boolean pinned,
        @Nullable Boolean superseded) {

    public static final MemoryFilter ALL = new MemoryFilter(null, null, null);
}
