package dev.hearth.engine.memory;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An embedder of queries that makes no vector again that it made within the last five minutes. It keeps no text, but
 * its SHA-256, nothing on disk, and so many entries at most; what was made longest ago makes room, and what is
 * older than that goes with the next query. Several texts
 * together are handed on, and a text of more than four windows is not kept. Who asks in the same words as another user
 * within minutes is answered sooner, and could tell so by the clock. Safe for many threads.
 */
public final class QueryCache implements Embedder {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST_WINDOWS = 4;

    private final Embedder embedder;
    private final int most;
    private final Clock clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private long hits;
    private long misses;

    /**
     * A cache before an embedder, which is its owner's to close.
     *
     * @param most how many entries, at least 1; each takes 1.7 KB for a vector of 384 numbers
     */
    public QueryCache(Embedder embedder, int most, Clock clock) {
        if (most < 1) {
            throw new IllegalArgumentException("A query cache holds at least one entry, not " + most + ".");
        }
        this.embedder = embedder;
        this.most = most;
        this.clock = clock;
    }

    private record Kept(List<float[]> windows, long nanos) {}

    /**
     * What came of it since the engine was opened.
     *
     * @param hits texts whose vectors were there
     * @param misses texts whose vectors were made
     */
    public record Use(long hits, long misses) {
        public static final Use NONE = new Use(0, 0);
    }

    public synchronized Use use() {
        return new Use(hits, misses);
    }

    @Override
    public String id() {
        return embedder.id();
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public List<List<float[]>> embed(List<String> texts, Deadline deadline) {
        if (texts.size() != 1) {
            return embedder.embed(texts, deadline);
        }
        String key = hash(texts.getFirst());
        List<float[]> known = find(key);
        if (known != null) {
            return List.of(copy(known));
        }
        List<List<float[]>> made = embedder.embed(texts, deadline);
        keep(key, made.getFirst());
        return made;
    }

    private synchronized @Nullable List<float[]> find(String key) {
        letGo();
        Kept found = kept.get(key);
        if (found == null) {
            misses++;
            return null;
        }
        hits++;
        return found.windows();
    }

    private synchronized void keep(String key, List<float[]> windows) {
        if (windows.size() > MOST_WINDOWS) {
            return;
        }
        kept.remove(key);
        kept.put(key, new Kept(copy(windows), clock.nanoTime()));
        if (kept.size() > most) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    /** They stand in the order in which they were made. */
    private void letGo() {
        long now = clock.nanoTime();
        Iterator<Kept> oldest = kept.values().iterator();
        while (oldest.hasNext() && now - oldest.next().nanos() >= KEPT.toNanos()) {
            oldest.remove();
        }
    }

    private static List<float[]> copy(List<float[]> windows) {
        return windows.stream().map(float[]::clone).toList();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** Lets go of what it keeps; the embedder behind it is its owner's to close. */
    @Override
    public synchronized void close() {
        kept.clear();
    }
}
