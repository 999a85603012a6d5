package dev.hearth.client;

import dev.hearth.client.data.Reply;
import dev.hearth.client.data.Turn;
import java.util.List;

/** What happens in a turn, in this order; there are as many pieces as the model speaks. */
public sealed interface TurnStreamEvent {

    /** The user's message is durable. */
    record Started(String turnId) implements TurnStreamEvent {}

    /**
     * The prompt is composed.
     *
     * @param recalled ids of memories
     * @param degraded what was left out, by name
     */
    record ContextReady(List<String> recalled, List<String> degraded) implements TurnStreamEvent {

        public ContextReady {
            recalled = List.copyOf(recalled);
            degraded = List.copyOf(degraded);
        }
    }

    /** A piece of the reply; provisional until the turn is completed. */
    record Delta(String text) implements TurnStreamEvent {}

    /** The whole reply; provisional until the turn is completed. */
    record MessageCompleted(Reply message) implements TurnStreamEvent {}

    /** The turn is durable. The last event. */
    record Completed(Turn turn) implements TurnStreamEvent {}
}
