package dev.hearth.engine.extraction;

import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.engine.turn.TurnLimits;
import dev.hearth.engine.turn.TurnUsage;
import dev.hearth.spi.ChatModel;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatReply;
import dev.hearth.spi.ChatRequest;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the model, under a deadline and with a bound on its answer. What cannot be read is asked for once more. */
final class Extractor {

    private static final int TRIES = 2;

    /** An answer that does not end is ended here, in characters. */
    private static final int LONGEST = 65_536;

    private final ChatModel model;
    private final Duration patience;
    private final TurnLimits.Price price;
    private final Clock clock;

    /**
     * @param patience how long one call may take
     */
    Extractor(ChatModel model, Duration patience, TurnLimits.Price price, Clock clock) {
        this.model = model;
        this.patience = patience;
        this.price = price;
        this.clock = clock;
    }

    /**
     * What came of asking.
     *
     * @param extracted null where no answer could be read
     * @param usage of all that was asked
     */
    record Answer(@Nullable Extracted extracted, TurnUsage usage, long nanos) {}

    /** The answer went on without end. */
    private static final class Endless extends RuntimeException {
        private Endless() {
            super("The answer does not end.");
        }
    }

    Duration patience() {
        return patience;
    }

    /**
     * Asks.
     *
     * @throws ChatModelException where the model does not answer
     */
    Answer ask(ChatRequest request) {
        long start = clock.nanoTime();
        TurnUsage usage = TurnUsage.NONE;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            ChatReply reply = reply(request);
            usage = usage.plus(TurnUsage.of(reply.usage(), price));
            Extracted extracted = Extracted.read(reply.text(), reply.finish() != ChatReply.Finish.STOP)
                    .orElse(null);
            if (extracted != null) {
                return new Answer(extracted, usage, clock.nanoTime() - start);
            }
        }
        return new Answer(null, usage, clock.nanoTime() - start);
    }

    private ChatReply reply(ChatRequest request) {
        Deadline deadline = Deadline.after(clock, patience);
        try (Scope scope = new Scope(clock)) {
            Fork<ChatReply> call = scope.fork("extract", () -> model.speak(request, deadline, bounded()));
            return switch (call.await(deadline)) {
                case Fork.Result.Done<ChatReply>(ChatReply reply, long nanos) -> reply;
                case Fork.Result.Failed<ChatReply>(Endless endless, long nanos) ->
                    new ChatReply("", ChatReply.Finish.LENGTH, ChatReply.Usage.NONE);
                case Fork.Result.Failed<ChatReply>(ChatModelException cause, long nanos) -> throw cause;
                case Fork.Result.Failed<ChatReply>(Throwable cause, long nanos) ->
                    throw new ChatModelException(
                            ChatModelException.Kind.GARBLED, model.name() + " failed unexpectedly.", cause);
                case Fork.Result.Late<ChatReply>(long nanos) ->
                    throw new ChatModelException(
                            ChatModelException.Kind.STALLED, "The model did not answer in time.", null);
            };
        }
    }

    private static ChatModel.DeltaSink bounded() {
        int[] length = new int[1];
        return piece -> {
            length[0] += piece.length();
            if (length[0] > LONGEST) {
                throw new Endless();
            }
        };
    }
}
