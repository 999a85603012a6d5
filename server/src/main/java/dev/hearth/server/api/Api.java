package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.server.http.Route;
import dev.hearth.server.metrics.Metrics;
import dev.hearth.spi.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All that can be asked of the server. The list is held against {@code docs/api/openapi.yaml} by a test. */
public final class Api {

    private Api() {}

    /**
     * The routes.
     *
     * @param engine the engine; throws {@code overloaded} while it is not open yet
     * @param ready whether work is taken
     * @param beat how often a silent event stream is heard of
     */
    public static List<Route> routes(
            Supplier<Engine> engine,
            BooleanSupplier ready,
            Clock clock,
            TurnSlots slots,
            Metrics metrics,
            Duration beat) {
        return Stream.of(
                        new PageRoutes().routes(),
                        new OperationRoutes(ready, metrics).routes(),
                        new KeyRoutes(engine).routes(),
                        new CompanionRoutes(engine).routes(),
                        new UserRoutes(engine).routes(),
                        new ExportRoutes(engine).routes(),
                        new RelationshipRoutes(engine).routes(),
                        new HistoryRoutes(engine, clock).routes(),
                        new TurnRoutes(engine, clock, slots, metrics, beat).routes(),
                        new MemoryRoutes(engine, clock, metrics).routes())
                .flatMap(List::stream)
                .toList();
    }
}
