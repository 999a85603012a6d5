package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.engine.event.Event;
import dev.hearth.engine.event.Events;
import dev.hearth.engine.event.Following;
import dev.hearth.server.http.ClientWatch;
import dev.hearth.server.http.EventStream;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Refusal;
import dev.hearth.server.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The feed of a relationship's events. */
final class FeedRoutes {

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Supplier<Engine> engine;
    private final Feeds feeds;
    private final Duration beat;

    FeedRoutes(Supplier<Engine> engine, Feeds feeds, Duration beat) {
        this.engine = engine;
        this.feeds = feeds;
        this.beat = beat;
    }

    List<Route> routes() {
        return List.of(Route.keyed(Method.GET, "/v1/relationships/{rid}/events", this::follow));
    }

    private void follow(Exchange exchange) throws IOException {
        String rid = Names.relationship(exchange);
        Long after = lastEventId(exchange);
        // A connection that idles after its feed would hold up the server's end.
        exchange.setHeader("Connection", "close");
        try (Feeds.Feed feed = feeds.open(() -> engine.get().events().follow(rid, after));
                ClientWatch watch = exchange.watchClient(feed.following()::close);
                EventStream stream = EventStream.openWithoutBeat(exchange)) {
            // At once, so that a client knows from when on it misses nothing.
            if (after == null) {
                stream.position(feed.following().position());
            } else {
                stream.keepAlive();
            }
            tell(feed.following(), stream);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Following following, EventStream stream) throws IOException, InterruptedException {
        while (true) {
            switch (following.next(beat)) {
                case Following.Heard.News(Events.Run run) -> {
                    if (run.missed()) {
                        stream.send("events.missed", Json.object().put("relationship_id", following.relationship()));
                        stream.position(
                                run.events().isEmpty()
                                        ? run.last()
                                        : run.events().getFirst().number() - 1);
                    }
                    for (Event event : run.events()) {
                        stream.send(event.number(), event.type().wire(), event.json());
                    }
                }
                case Following.Heard.Silence() -> stream.keepAlive();
                case Following.Heard.Ended() -> {
                    return;
                }
            }
        }
    }

    private static @Nullable Long lastEventId(Exchange exchange) {
        String id = exchange.header(LAST_EVENT_ID);
        if (id != null && !NUMBER.matcher(id).matches()) {
            throw Refusal.invalid(
                    LAST_EVENT_ID, "The Last-Event-ID must be the id of an event of this feed, a whole number.");
        }
        return id == null ? null : Long.valueOf(id);
    }
}
