package dev.hearth.server.api;

import dev.hearth.engine.turn.TurnEvent;
import dev.hearth.server.metrics.Metrics;
import dev.hearth.spi.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Times the parts of a turn by what is heard of it. For one thread. */
public final class Stopwatch {

    private final Clock clock;
    private final Metrics metrics;
    private final long begin;
    private long lap;
    private final Map<String, Duration> laps = new LinkedHashMap<>();

    public Stopwatch(Clock clock, Metrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
        this.begin = clock.nanoTime();
        this.lap = begin;
    }

    public void heard(TurnEvent event) {
        switch (event) {
            case TurnEvent.Started started -> lap("admit");
            case TurnEvent.ContextReady ready -> lap("gather");
            case TurnEvent.Delta delta -> {}
            // The engine tells of the whole reply once it is stored, so this lap holds the commit too.
            case TurnEvent.MessageCompleted completed -> lap("reply");
            case TurnEvent.Completed completed -> {}
        }
    }

    private void lap(String step) {
        long now = clock.nanoTime();
        Duration took = Duration.ofNanos(now - lap);
        laps.put(step, took);
        metrics.step(step, took);
        lap = now;
    }

    public void ended(String outcome) {
        metrics.turnEnded(outcome, total());
    }

    private Duration total() {
        return Duration.ofNanos(clock.nanoTime() - begin);
    }

    /** What {@code Server-Timing} says so far. */
    public String serverTiming() {
        String parts = laps.entrySet().stream()
                .map(lap -> lap.getKey() + ";dur=" + millis(lap.getValue()) + ", ")
                .collect(Collectors.joining());
        return parts + "total;dur=" + millis(total());
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toNanos() / 1e6);
    }
}
