package dev.hearth.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.turn.TurnResult;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls of an engine that end, with an answer or with a problem that says to try again. */
final class Calls {

    /** What stores that fail may lead to. */
    static final Set<Code> PASSING =
            EnumSet.of(Code.TURN_IN_PROGRESS, Code.CONFLICT, Code.OVERLOADED, Code.DEADLINE_EXCEEDED);

    private static final int TRIES = 500;
    private static final long ENDS_SECONDS = 120;

    private Calls() {}

    /** The answer; a call that does not end is a failure of its own. */
    static <T extends @Nullable Object> T ends(Callable<T> call) throws Exception {
        try {
            return later(call).get(ENDS_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failed;
        } catch (TimeoutException hangs) {
            throw new AssertionError("A call did not end within " + ENDS_SECONDS + " seconds.", hangs);
        }
    }

    static <T extends @Nullable Object> CompletableFuture<T> later(Callable<T> call) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                future.complete(call.call());
            } catch (Throwable failed) {
                future.completeExceptionally(failed);
            }
        });
        return future;
    }

    /** Whether it was done; a problem that passes is none, any other is thrown. */
    static boolean tried(Runnable work) throws Exception {
        return ends(() -> {
            try {
                work.run();
                return true;
            } catch (Problem problem) {
                assertThat(problem.code()).as(problem.getMessage()).isIn(PASSING);
                return false;
            }
        });
    }

    /** Tries again until it is done. */
    static void until(Runnable work) throws Exception {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (tried(work)) {
                return;
            }
        }
        throw new AssertionError("Not done after " + TRIES + " tries.");
    }

    /** Has a node tidy, again until it is done. */
    static void tidied(Node node, String relationship) throws Exception {
        until(() -> {
            int ignored = node.engine.tiering().tidy(relationship);
        });
    }

    /** Takes a turn, again under the same key until it is answered; null where it was overtaken, as the problem says. */
    static @Nullable TurnResult say(Supplier<Node> nodes, String relationship, String text, @Nullable String key)
            throws Exception {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Problem refused;
            try {
                return ends(() -> nodes.get().say(relationship, text, key));
            } catch (Problem problem) {
                refused = problem;
            }
            if (String.valueOf(refused.getMessage()).contains("never finished")) {
                return null;
            }
            assertThat(refused.code()).as(refused.getMessage()).isIn(PASSING);
        }
        throw new AssertionError("No answer to " + key + " after " + TRIES + " tries.");
    }
}
