package dev.hearth.engine.relationship;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which facts were made from a message, by the message's seq. Safe for many threads. */
final class Sources {

    private static final int BYTES_A_SOURCE = 240;

    private final Map<Long, Set<Long>> facts = new ConcurrentHashMap<>();

    /** A fact was made from {@code before} and is made from {@code now} instead. */
    void change(long fact, List<Long> before, List<Long> now) {
        for (long source : before) {
            facts.computeIfPresent(source, (seq, of) -> {
                of.remove(fact);
                return of.isEmpty() ? null : of;
            });
        }
        for (long source : now) {
            facts.compute(source, (seq, present) -> {
                Set<Long> of = present == null ? ConcurrentHashMap.newKeySet() : present;
                of.add(fact);
                return of;
            });
        }
    }

    /** The facts that were made from a message. */
    Set<Long> factsOf(long source) {
        return Set.copyOf(facts.getOrDefault(source, Set.of()));
    }

    long bytes() {
        return (long) facts.size() * BYTES_A_SOURCE;
    }
}
