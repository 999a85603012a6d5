package dev.hearth.engine.turn;

import dev.hearth.engine.scope.Scope;
import dev.hearth.spi.ChatModel;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatReply;
import dev.hearth.spi.ChatRequest;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a model speak under two deadlines: its first piece, and the whole reply. Where a voice says nothing at all, the
 * next one is tried. Whoever stops listening ends the call upstream.
 */
final class Speaking {

    private static final int PIECES = 256;

    /** A reply that does not end is ended here, in characters: what a plan allows is far below. */
    private static final int LONGEST = 65_536;

    private final List<ChatModel> voices;
    private final Duration firstToken;
    private final Duration reply;
    private final Clock clock;

    Speaking(List<ChatModel> voices, Duration firstToken, Duration reply, Clock clock) {
        this.voices = voices;
        this.firstToken = firstToken;
        this.reply = reply;
        this.clock = clock;
    }

    /** How it ended. */
    sealed interface Outcome {
        /** A whole reply. */
        record Whole(String voice, int place, ChatReply reply) implements Outcome {}

        /** A part of one: the model broke off ({@code cause}), or nobody listens any more (null). */
        record Part(String voice, String text, @Nullable ChatModelException cause) implements Outcome {}

        /** Nothing from any voice. */
        record Silence(ChatModelException cause) implements Outcome {}
    }

    private sealed interface Piece {
        record Delta(String text) implements Piece {}

        record End(ChatReply reply) implements Piece {}

        record Broken(ChatModelException cause) implements Piece {}
    }

    Outcome speak(ChatRequest request, Consumer<String> listener) {
        Deadline whole = Deadline.after(clock, reply);
        ChatModelException silence = null;
        for (int place = 0; place < voices.size(); place++) {
            ChatModel voice = voices.get(place);
            Outcome outcome = one(voice, place, request, whole, listener);
            if (!(outcome instanceof Outcome.Silence none)) {
                return outcome;
            }
            silence = none.cause();
        }
        return new Outcome.Silence(java.util.Objects.requireNonNull(silence, "no voices"));
    }

    private Outcome one(ChatModel voice, int place, ChatRequest request, Deadline whole, Consumer<String> listener) {
        BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES);
        Deadline first = whole.within(firstToken);
        StringBuilder spoken = new StringBuilder();
        try (Scope scope = new Scope(clock)) {
            scope.fork("speak", () -> {
                pieces.put(run(voice, request, whole, pieces));
                return true;
            });
            while (true) {
                Deadline by = spoken.isEmpty() ? first : whole;
                switch (next(pieces, by)) {
                    case Piece.Delta(String text) -> {
                        spoken.append(text);
                        listener.accept(text);
                        if (spoken.length() > LONGEST) {
                            return new Outcome.Whole(voice.name(), place, cut(spoken));
                        }
                    }
                    case Piece.End(ChatReply end) -> {
                        if (end.text().isBlank()) {
                            return new Outcome.Silence(new ChatModelException(
                                    ChatModelException.Kind.GARBLED, voice.name() + " answered with nothing.", null));
                        }
                        return new Outcome.Whole(voice.name(), place, end);
                    }
                    case Piece.Broken(ChatModelException cause) -> {
                        return spoken.isEmpty()
                                ? new Outcome.Silence(cause)
                                : new Outcome.Part(voice.name(), spoken.toString(), cause);
                    }
                }
            }
        } catch (TurnListener.ClientGone gone) {
            takeRest(pieces, spoken);
            return new Outcome.Part(voice.name(), spoken.toString(), null);
        }
    }

    /** What was said by now belongs to the part that is kept, also where nobody has taken it any more. */
    private static void takeRest(BlockingQueue<Piece> pieces, StringBuilder spoken) {
        while (spoken.length() <= LONGEST && pieces.poll() instanceof Piece.Delta(String text)) {
            spoken.append(text);
        }
    }

    private static ChatReply cut(StringBuilder spoken) {
        return new ChatReply(spoken.toString(), ChatReply.Finish.LENGTH, ChatReply.Usage.NONE);
    }

    /** Runs in a thread of its own, so that neither a stalled model nor a slow adapter holds the turn. */
    private static Piece run(ChatModel voice, ChatRequest request, Deadline whole, BlockingQueue<Piece> pieces)
            throws InterruptedException {
        try {
            return new Piece.End(voice.speak(request, whole, text -> {
                try {
                    pieces.put(new Piece.Delta(text));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("The turn has ended.", e);
                }
            }));
        } catch (ChatModelException broken) {
            return new Piece.Broken(broken);
        } catch (RuntimeException unexpected) {
            return new Piece.Broken(new ChatModelException(
                    ChatModelException.Kind.GARBLED, voice.name() + " failed unexpectedly.", unexpected));
        }
    }

    private static Piece next(BlockingQueue<Piece> pieces, Deadline by) {
        try {
            Piece piece = pieces.poll(by.remainingNanos(), TimeUnit.NANOSECONDS);
            if (piece != null) {
                return piece;
            }
            return new Piece.Broken(
                    new ChatModelException(ChatModelException.Kind.STALLED, "The model did not answer in time.", null));
        } catch (InterruptedException e) {
            // Whoever takes the turn was told to stop, as when its client has left.
            throw new TurnListener.ClientGone("The turn was interrupted.");
        }
    }
}
