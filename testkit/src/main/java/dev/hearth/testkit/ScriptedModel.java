package dev.hearth.testkit;

import dev.hearth.spi.ChatModel;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatReply;
import dev.hearth.spi.ChatRequest;
import dev.hearth.spi.Deadline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A chat model that does what a test wrote down: each call takes the next line of the script; where the script has
 * ended, {@link #otherwise} answers. Records every request. Safe for many threads.
 */
public final class ScriptedModel implements ChatModel {

    /** What one call does. Pieces are sent before a failure or a stall takes hold. */
    public sealed interface Line {
        List<String> pieces();

        /** Says its pieces and ends. */
        record Say(List<String> pieces, ChatReply.Finish finish) implements Line {}

        /** Says its pieces, then fails. */
        record Fail(List<String> pieces, ChatModelException.Kind kind) implements Line {}

        /** Says its pieces, then nothing until it is interrupted, its deadline passes or {@code gate} opens; then ends. */
        record Stall(List<String> pieces, Gate gate) implements Line {}
    }

    private static final long LONGEST_STALL_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Deque<Line> script = new ArrayDeque<>();
    private final List<ChatRequest> requests = new ArrayList<>();
    private Function<ChatRequest, Line> otherwise = request -> say("I hear you.");
    private boolean closed;
    private int interrupted;

    /** A line that says {@code pieces} and ends. */
    public static Line say(String... pieces) {
        return new Line.Say(List.of(pieces), ChatReply.Finish.STOP);
    }

    /** A line that says {@code pieces}, then fails. */
    public static Line fail(ChatModelException.Kind kind, String... pieces) {
        return new Line.Fail(List.of(pieces), kind);
    }

    /** A line that says {@code pieces}, then stalls at {@code gate}. */
    public static Line stall(Gate gate, String... pieces) {
        return new Line.Stall(List.of(pieces), gate);
    }

    /** Adds lines to the script. */
    public synchronized ScriptedModel then(Line... lines) {
        script.addAll(List.of(lines));
        return this;
    }

    /** What is done where the script has ended. */
    public synchronized ScriptedModel otherwise(Function<ChatRequest, Line> line) {
        otherwise = line;
        return this;
    }

    /** Every request so far, in order. */
    public synchronized List<ChatRequest> requests() {
        return List.copyOf(requests);
    }

    /** How many calls ended by an interrupt. */
    public synchronized int interrupted() {
        return interrupted;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public ChatReply speak(ChatRequest request, Deadline deadline, DeltaSink sink) throws InterruptedException {
        Line line = next(request);
        try {
            for (String piece : line.pieces()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (deadline.expired()) {
                    throw stalled();
                }
                sink.delta(piece);
            }
            return end(line, deadline);
        } catch (InterruptedException cancelled) {
            synchronized (this) {
                interrupted++;
            }
            throw cancelled;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private synchronized Line next(ChatRequest request) {
        if (closed) {
            throw new ChatModelException(ChatModelException.Kind.UNAVAILABLE, "The scripted model is closed.", null);
        }
        requests.add(request);
        @Nullable Line line = script.poll();
        return line == null ? otherwise.apply(request) : line;
    }

    private static ChatReply end(Line line, Deadline deadline) throws InterruptedException {
        String text = String.join("", line.pieces());
        ChatReply.Finish finish = switch (line) {
            case Line.Say say -> say.finish();
            case Line.Fail fail ->
                throw new ChatModelException(fail.kind(), "The script says so: " + fail.kind() + ".", null);
            case Line.Stall stall -> {
                stallAt(stall.gate(), deadline);
                yield ChatReply.Finish.STOP;
            }
        };
        return new ChatReply(text, finish, new ChatReply.Usage(0, 0, text.length() / 4 + 1));
    }

    /** Waits in short slices, because a manual clock wakes nobody when it passes the deadline. */
    private static void stallAt(Gate gate, Deadline deadline) throws InterruptedException {
        long began = System.nanoTime();
        gate.arrive();
        while (!gate.passable(5, TimeUnit.MILLISECONDS)) {
            if (deadline.expired() || System.nanoTime() - began > LONGEST_STALL_NANOS) {
                throw stalled();
            }
        }
    }

    private static ChatModelException stalled() {
        return new ChatModelException(ChatModelException.Kind.STALLED, "The scripted model stalled.", null);
    }
}
