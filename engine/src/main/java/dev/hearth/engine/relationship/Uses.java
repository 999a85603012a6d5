package dev.hearth.engine.relationship;

import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * On which day an old memory was last used, so that what is used stays warm. Young ones are not noted, nor is a use soon
 * after another: so most turns note nothing. Safe for many threads.
 */
final class Uses {

    private static final int FORMAT = 1;

    /** Younger memories are warm anyway for longer than this is exact. */
    private static final Duration OLD = Duration.ofDays(30);

    private static final int EXACT_DAYS = 14;
    private static final int MOST = 2_000;
    private static final int BYTES_A_USE = 80;

    private final TreeMap<Long, Integer> days = new TreeMap<>();
    private int tidied;
    private boolean changed;

    private static int day(Instant at) {
        return (int) Math.floorDiv(at.getEpochSecond(), 86_400L);
    }

    /** Notes a use of a memory that was stored at {@code storedAt}. */
    synchronized void note(long seq, Instant storedAt, Instant at) {
        if (storedAt.plus(OLD).isAfter(at) || day(at) - days.getOrDefault(seq, Integer.MIN_VALUE / 2) < EXACT_DAYS) {
            return;
        }
        days.put(seq, day(at));
        changed = true;
        if (days.size() > MOST) {
            days.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .ifPresent(oldest -> days.remove(oldest.getKey()));
        }
    }

    /** Notes that the relationship was looked through for what is to be put away. */
    synchronized void tidied(Instant at) {
        changed |= tidied != day(at);
        tidied = day(at);
    }

    /** The day behind that on which it was last looked through. */
    synchronized Instant nextTidied() {
        return Instant.ofEpochSecond((tidied + 1) * 86_400L);
    }

    /** Whether a memory was used at {@code since} or later, to a day. */
    synchronized boolean since(long seq, Instant since) {
        return days.getOrDefault(seq, Integer.MIN_VALUE) >= day(since);
    }

    /** The memories that were used at {@code since} or later, to a day. */
    synchronized List<Long> allSince(Instant since) {
        return days.entrySet().stream()
                .filter(use -> use.getValue() >= day(since))
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized void forget(long seq) {
        changed |= days.remove(seq) != null;
    }

    /** What is to be stored, null where the store has it; says that it is stored now. */
    synchronized byte @Nullable [] take() {
        if (!changed) {
            return null;
        }
        changed = false;
        RecordWriter out = new RecordWriter(FORMAT).number(tidied).number(days.size());
        long before = 0;
        for (Map.Entry<Long, Integer> use : days.entrySet()) {
            out.number(use.getKey() - before).number(use.getValue());
            before = use.getKey();
        }
        return out.toBytes();
    }

    /** Takes in what was stored. */
    synchronized void read(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        tidied = (int) in.number();
        int count = in.count(2);
        long seq = 0;
        for (int i = 0; i < count; i++) {
            seq += in.number();
            days.put(seq, (int) in.number());
        }
    }

    synchronized long bytes() {
        return (long) days.size() * BYTES_A_USE;
    }
}
