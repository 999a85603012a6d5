package dev.hearth.server.openai;

import dev.hearth.engine.Engine;
import dev.hearth.server.api.TurnSlots;
import dev.hearth.server.http.Route;
import dev.hearth.server.metrics.Metrics;
import dev.hearth.spi.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The paths of the OpenAI-compatible face. */
public final class OpenAi {

    private OpenAi() {}

    /**
     * The routes.
     *
     * @param engine the engine; throws {@code overloaded} while it is not open yet
     * @param beat how often a silent stream is heard of
     */
    public static List<Route> routes(
            Supplier<Engine> engine, Clock clock, TurnSlots slots, Metrics metrics, Duration beat) {
        return Stream.of(
                        new ModelRoutes(engine).routes(),
                        new CompletionRoutes(engine, clock, slots, metrics, beat).routes())
                .flatMap(List::stream)
                .toList();
    }
}
