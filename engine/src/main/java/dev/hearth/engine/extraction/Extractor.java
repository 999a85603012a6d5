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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks the model, under a deadline and with a bound on its answer. What cannot be read is asked for once more. */
final class Extractor {

    private static final int TRIES = 2;

    /** An answer that does not end is ended here, in characters. */
    private static final int LONGEST = 65_536;

    /** About. */
    private static final int CHARACTERS_A_TOKEN = 4;

    private final ChatModel model;
    private final Duration patience;
    private final TurnLimits.Price price;
    private final Clock clock;
    private final AtomicReference<Spent> spent = new AtomicReference<>(Spent.NOTHING);

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

    /** How long it may take to be answered. */
    Duration longest() {
        return patience.multipliedBy(TRIES);
    }

    /** What was spent so far. */
    Spent spent() {
        return spent.get();
    }

    /**
     * Asks.
     *
     * @throws ChatModelException where the model does not answer
     */
    Answer ask(ChatRequest request) {
        long start = clock.nanoTime();
        TurnUsage usage = TurnUsage.NONE;
        Extracted extracted = null;
        for (int attempt = 0; attempt < TRIES && extracted == null; attempt++) {
            Call call = new Call(request);
            try {
                extracted = call.answer();
            } finally {
                TurnUsage took = call.usage();
                usage = usage.plus(took);
                boolean failed = extracted == null;
                spent.updateAndGet(before -> before.plus(took, failed));
            }
        }
        return new Answer(extracted, usage, clock.nanoTime() - start);
    }

    /** One call, and what it took: as the provider says, or by its characters where it does not come to that. */
    private final class Call implements ChatModel.DeltaSink {
        private final ChatRequest request;
        private final AtomicInteger characters = new AtomicInteger();
        private ChatReply.@Nullable Usage told;

        private Call(ChatRequest request) {
            this.request = request;
        }

        @Override
        public void delta(String piece) {
            if (characters.addAndGet(piece.length()) > LONGEST) {
                throw new Endless();
            }
        }

        private @Nullable Extracted answer() {
            ChatReply reply = reply();
            return reply == null
                    ? null
                    : Extracted.read(reply.text(), reply.finish() != ChatReply.Finish.STOP)
                            .orElse(null);
        }

        private @Nullable ChatReply reply() {
            Deadline deadline = Deadline.after(clock, patience);
            try (Scope scope = new Scope(clock)) {
                Fork<ChatReply> call = scope.fork("extract", () -> model.speak(request, deadline, this));
                return switch (call.await(deadline)) {
                    case Fork.Result.Done<ChatReply>(ChatReply reply, long nanos) -> ended(reply);
                    case Fork.Result.Failed<ChatReply>(Endless endless, long nanos) -> null;
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

        private ChatReply ended(ChatReply reply) {
            told = reply.usage();
            return reply;
        }

        private TurnUsage usage() {
            ChatReply.Usage known = told;
            int written = characters.get();
            if (known == null && written > 0) {
                int read = request.messages().stream()
                        .mapToInt(message -> message.text().length())
                        .sum();
                known = new ChatReply.Usage(read / CHARACTERS_A_TOKEN, 0, written / CHARACTERS_A_TOKEN + 1);
            }
            return known == null ? TurnUsage.NONE : TurnUsage.of(known, price);
        }
    }
}
