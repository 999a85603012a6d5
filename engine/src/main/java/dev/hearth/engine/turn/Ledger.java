package dev.hearth.engine.turn;

import dev.hearth.spi.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What a running turn has spent so far. For the turn's own thread. */
final class Ledger {

    private static final double NANOS = 1e6;

    private final Clock clock;
    private final List<TurnTrace.Step> steps = new ArrayList<>();
    private final Set<String> degraded = new LinkedHashSet<>();
    private List<String> carried = List.of();
    private List<TurnTrace.Section> sections = List.of();
    private List<TurnTrace.Recalled> recalled = List.of();

    Ledger(Clock clock) {
        this.clock = clock;
    }

    /** Runs a step and notes what it took. */
    <T> T timed(String name, Duration budget, Supplier<T> work) {
        long start = clock.nanoTime();
        boolean ok = false;
        try {
            T value = work.get();
            ok = true;
            return value;
        } finally {
            note(name, clock.nanoTime() - start, budget, ok ? "ok" : "failed");
        }
    }

    void note(String name, long nanos, Duration budget, String outcome) {
        boolean late = outcome.equals("ok") && !budget.isZero() && nanos > budget.toNanos();
        steps.add(new TurnTrace.Step(name, nanos / NANOS, budget.toMillis(), late ? "late" : outcome));
    }

    void degrade(List<String> what) {
        degraded.addAll(what);
    }

    /** Notes the memories that came too late for an earlier turn; of them those count that the prompt holds. */
    void carriedOver(List<String> memories) {
        carried = List.copyOf(memories);
    }

    /** The ids of memories in the prompt that came too late for an earlier turn. */
    List<String> carriedOver() {
        List<String> held = recalled.stream().map(TurnTrace.Recalled::memoryId).toList();
        return carried.stream().filter(held::contains).toList();
    }

    void composed(List<TurnTrace.Section> sections, List<TurnTrace.Recalled> recalled) {
        this.sections = sections;
        this.recalled = recalled;
    }

    List<TurnTrace.Section> sections() {
        return sections;
    }

    List<TurnTrace.Recalled> recalled() {
        return recalled;
    }

    List<String> degraded() {
        return List.copyOf(degraded);
    }

    List<TurnTrace.Step> steps() {
        return List.copyOf(steps);
    }
}
