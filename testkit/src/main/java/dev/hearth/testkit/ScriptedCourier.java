package dev.hearth.testkit;

import dev.hearth.spi.Courier;
import dev.hearth.spi.CourierException;
import dev.hearth.spi.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A courier that goes nowhere and answers what a test wrote down: each post takes the next line of the script; where it
 * has ended, {@link #otherwise} answers. Records every post. Safe for many threads.
 */
public final class ScriptedCourier implements Courier {

    /** What one post comes to. */
    public sealed interface Line {
        /** It is answered. */
        record Answer(int status, @Nullable Duration retryAfter) implements Line {}

        /** Nobody answers. */
        record Silence() implements Line {}

        /** It waits at a gate until the test opens it, or it is interrupted; then it is answered with 200. */
        record Held(Gate gate) implements Line {}
    }

    /** One post, as it was made. */
    public record Post(URI address, Map<String, String> headers, String body) {
        public String id() {
            return headers.getOrDefault("webhook-id", "");
        }
    }

    private final Deque<Line> script = new ArrayDeque<>();
    private final List<Post> posts = new ArrayList<>();
    private Function<Post, Line> otherwise = post -> answer(200);

    public static Line answer(int status) {
        return new Line.Answer(status, null);
    }

    /** Adds lines to the script. */
    public synchronized ScriptedCourier then(Line... lines) {
        script.addAll(List.of(lines));
        return this;
    }

    /** What comes of a post where the script has ended. */
    public synchronized ScriptedCourier otherwise(Function<Post, Line> line) {
        otherwise = line;
        return this;
    }

    /** Every post so far. */
    public synchronized List<Post> posts() {
        return List.copyOf(posts);
    }

    /** Waits, at most 10 seconds, until there were so many posts; answers all of them. */
    public synchronized List<Post> await(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (posts.size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("There were " + posts.size() + " posts within 10 seconds, not " + count + ".");
            }
            wait(left);
        }
        return List.copyOf(posts);
    }

    @Override
    public Reply post(URI address, Map<String, String> headers, byte[] body, Deadline deadline)
            throws InterruptedException {
        Line line = next(new Post(address, Map.copyOf(headers), new String(body, StandardCharsets.UTF_8)));
        return switch (line) {
            case Line.Answer(int status, Duration retryAfter) -> new Reply(status, retryAfter);
            case Line.Silence() -> throw new CourierException("Nobody answered.", null);
            case Line.Held(Gate gate) -> {
                gate.arrive();
                while (!gate.passable(1, TimeUnit.SECONDS)) {
                    if (deadline.expired()) {
                        throw new CourierException("Nobody answered in time.", null);
                    }
                }
                yield new Reply(200, null);
            }
        };
    }

    private synchronized Line next(Post post) {
        posts.add(post);
        notifyAll();
        @Nullable Line line = script.poll();
        return line == null ? otherwise.apply(post) : line;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
