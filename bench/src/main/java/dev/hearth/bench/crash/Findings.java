package dev.hearth.bench.crash;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The faults found so far; the first of them in words. Safe for many threads. */
final class Findings {

    private static final int KEPT = 20;

    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final List<String> first = new ArrayList<>();

    /** What must not happen. */
    enum Fault {
        /** Something acknowledged is not there, or not as it was acknowledged. */
        LOST,
        /** Something is there twice. */
        DOUBLED,
        /** Something stands before what came before it. */
        REORDERED,
        /** Something is there that nobody sent. */
        STRAY,
        /** A user cannot be read. */
        UNREADABLE,
        /** A server did not start. */
        NOT_STARTED
    }

    synchronized void add(Fault fault, String what) {
        counts.merge(fault, 1L, Long::sum);
        if (first.size() < KEPT) {
            first.add(fault + ": " + what);
        }
    }

    synchronized long count(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    synchronized boolean none() {
        return counts.isEmpty();
    }

    synchronized List<String> first() {
        return List.copyOf(first);
    }
}
