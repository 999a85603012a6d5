package dev.hearth.server.mcp;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.server.http.Fields;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;

/**
 * One tool: what a model is told of it, and what it does.
 *
 * @param description what it does, when to use it and when not
 * @param input its arguments; what is not in it is refused
 */
record Tool(String name, String title, String description, Schema input, Schema output, Effect effect, Work work) {

    /** What it does to what is stored, as the protocol's hints tell it. */
    enum Effect {
        READS,
        /** Adds something with every call. */
        ADDS,
        /** Takes something away or replaces it. */
        REPLACES,
        /** As {@link #REPLACES}; calling it again does nothing further. */
        REMOVES
    }

    /** What it does. Problems and refusals that it throws are told to the model. */
    @FunctionalInterface
    interface Work {
        Answer run(Call call, Fields arguments);
    }

    /** The same tool with a deadline: what takes longer runs to its own end, and nobody waits for it. */
    Tool within(Duration limit, Clock clock) {
        Work bounded = (call, arguments) -> {
            Fork<Answer> fork = Scope.outliving("mcp-" + name, clock, () -> work.run(call, arguments));
            return switch (fork.await(Deadline.after(clock, limit))) {
                case Fork.Result.Late<Answer> late ->
                    throw new Problem(
                            Code.DEADLINE_EXCEEDED,
                            "The tool " + name + " was not done within " + limit.toSeconds()
                                    + " seconds. What it does may still come to be; look before you call it again.");
                case Fork.Result.Done<Answer> done -> done.value();
                case Fork.Result.Failed<Answer> failed -> fork.join();
            };
        };
        return new Tool(name, title, description, input, output, effect, bounded);
    }
}
