package dev.hearth.engine.turn;

import dev.hearth.engine.relationship.Message;
import dev.hearth.spi.ChatReply;
import java.util.List;

/**
 * How a turn ended. It is durable when this is answered.
 *
 * @param messageId the reply's id
 * @param text the reply
 * @param finish why the reply ended
 * @param voice the model's name, or {@code offline}
 * @param degraded what was late or missing, as in {@code recall.dense}
 * @param replayed whether the turn had ended before (an idempotent retry)
 */
public record TurnResult(
        String turnId,
        Message.Status status,
        String messageId,
        String text,
        ChatReply.Finish finish,
        String voice,
        TurnUsage usage,
        List<String> degraded,
        boolean replayed) {

    public TurnResult {
        degraded = List.copyOf(degraded);
    }
}
