package dev.hearth.client.data;

import java.util.List;

/**
 * A turn that ended; what it holds is durable.
 *
 * @param voice the model that spoke; offline where none did
 * @param degraded what was left out on the way, by name
 * @param replayed whether the same key had been answered before
 */
public record Turn(
        String turnId,
        TurnStatus status,
        Reply message,
        String voice,
        Usage usage,
        List<String> degraded,
        boolean replayed) {
    public Turn {
        degraded = List.copyOf(degraded);
    }

    /** The same, said to be a repeated answer. */
    public Turn asReplayed() {
        return new Turn(turnId, status, message, voice, usage, degraded, true);
    }
}
