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
     * @param beat how often a silent stream of a turn is heard of
     * @param feedBeat the same for feeds of events
     */
    public static List<Route> routes(
            Supplier<Engine> engine,
            BooleanSupplier ready,
            Clock clock,
            TurnSlots slots,
            Feeds feeds,
            Metrics metrics,
            Duration beat,
            Duration feedBeat) {
        return Stream.of(
                        new PageRoutes().routes(),
                        new OperationRoutes(ready, metrics).routes(),
                        new KeyRoutes(engine).routes(),
                        new CompanionRoutes(engine).routes(),
                        new UserRoutes(engine).routes(),
                        new ExportRoutes(engine).routes(),
                        new RelationshipRoutes(engine, clock).routes(),
                        new HistoryRoutes(engine, clock).routes(),
                        new TurnRoutes(engine, clock, slots, metrics, beat).routes(),
                        new MemoryRoutes(engine, clock, metrics).routes(),
                        new FeedRoutes(engine, feeds, feedBeat).routes(),
                        new WebhookRoutes(engine).routes())
                .flatMap(List::stream)
                .toList();
    }
}
