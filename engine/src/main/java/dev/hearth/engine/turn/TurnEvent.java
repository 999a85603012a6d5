package dev.hearth.engine.turn;

import java.util.List;

/** What happens during a turn, in this order. A turn that fails ends with a problem thrown instead. */
public sealed interface TurnEvent {

    /** The user's message is durable. */
    record Started(String turnId) implements TurnEvent {}

    /** The prompt is composed. {@code recalled} are memory ids. */
    record ContextReady(List<String> recalled, List<String> degraded) implements TurnEvent {}

    /** A piece of the reply; provisional until {@link Completed}. */
    record Delta(String text) implements TurnEvent {}

    /** The whole reply; provisional until {@link Completed}. */
    record MessageCompleted(String messageId, String text) implements TurnEvent {}

    /** The acknowledgement: everything of the turn is durable. */
    record Completed(TurnResult result) implements TurnEvent {}
}
