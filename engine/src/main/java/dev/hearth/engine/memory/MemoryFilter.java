package dev.hearth.engine.memory;

import dev.hearth.engine.recall.Standing;
import dev.hearth.engine.relationship.StoredMessage;
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

    boolean takes(StoredMessage message, Standing standing) {
        return (kind == null || kind.equals(MemoryViews.kind(message)))
                && (pinned == null || pinned == standing.pinned())
                && (superseded == null || superseded == (standing.supersededBy() != 0));
    }
}
