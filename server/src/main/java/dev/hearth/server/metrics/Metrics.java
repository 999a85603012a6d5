package dev.hearth.server.metrics;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The server's meters. Safe for many threads. */
public final class Metrics implements AutoCloseable {

    /** The form {@link #scrape} answers in. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String STORE = "store";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean jvmBound = new AtomicBoolean();
    private final Timer search = histogram("hearth.search", "A search without the embedding of its query");
    private final Timer searchEmbedding = histogram("hearth.search.embedding", "The embedding of a search's query");

    /** Counts and times an answered request by its route's template. */
    public void answered(String method, String route, int status, Duration took) {
        Timer.builder("http.server.requests")
                .description("Requests by route and status")
                .tag("method", route.equals("unmatched") ? "any" : method)
                .tag("route", route)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    public void turnEnded(String outcome, Duration took) {
        Timer.builder("hearth.turn")
                .description("Turns from the request to the acknowledgement")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(2))
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }

    /** One part of a turn: {@code admit}, {@code gather} or {@code reply}. */
    public void step(String name, Duration took) {
        Timer.builder("hearth.turn.step")
                .description("The parts of a turn")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(100_000))
                .maximumExpectedValue(Duration.ofMinutes(2))
                .tag("step", name)
                .register(registry)
                .record(took);
    }

    public void searched(Duration took, Duration embedding) {
        search.record(took);
        searchEmbedding.record(embedding);
    }

    /** A number that is read when it is scraped. */
    public void gauge(String name, String description, Supplier<Number> value) {
        gauge(name, description, Tags.empty(), value);
    }

    /** As the other, one for each {@code store}. */
    public void gauge(String name, String description, String store, Supplier<Number> value) {
        gauge(name, description, Tags.of(STORE, store), value);
    }

    private void gauge(String name, String description, Tags tags, Supplier<Number> value) {
        io.micrometer.core.instrument.Gauge.builder(name, value)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** A number that only rises, and is read when it is scraped. */
    public void counter(String name, String description, Supplier<Number> value) {
        counter(name, description, Tags.empty(), value);
    }

    /** As the other, one for each {@code store}. */
    public void counter(String name, String description, String store, Supplier<Number> value) {
        counter(name, description, Tags.of(STORE, store), value);
    }

    private void counter(String name, String description, Tags tags, Supplier<Number> value) {
        // The meter holds what it reads from weakly: the registry stays as long as these meters do.
        io.micrometer.core.instrument.FunctionCounter.builder(
                        name, registry, ignored -> value.get().doubleValue())
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** Everything, in Prometheus' text form. */
    public String scrape() {
        // The JVM's own meters load a good part of the management classes; a start need not wait for that.
        if (jvmBound.compareAndSet(false, true)) {
            new JvmMemoryMetrics().bindTo(registry);
            new JvmThreadMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            new UptimeMetrics().bindTo(registry);
        }
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }

    private Timer histogram(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(100_000))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }
}
