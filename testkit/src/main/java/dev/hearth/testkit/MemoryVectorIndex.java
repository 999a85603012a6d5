package dev.hearth.testkit;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.VectorIndex;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A vector index in memory that obeys the contract: exact, and consistent at once. */
public final class MemoryVectorIndex implements VectorIndex {

    private static final Pattern SPACE = Pattern.compile("[!-~&&[^#]]{1," + MAX_SPACE + "}");
    private static final Pattern ID = Pattern.compile("[!-~]{1," + MAX_ID + "}");

    private final int dimension;
    private final Map<Partition, Map<String, Map<String, float[]>>> data = new HashMap<>();
    private boolean closed;

    public MemoryVectorIndex(int dimension) {
        this.dimension = dimension;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public synchronized void upsert(Partition partition, String space, List<Entry> entries, Deadline deadline) {
        admit(deadline);
        check(SPACE, space);
        Set<String> ids = new HashSet<>();
        for (Entry entry : entries) {
            check(ID, entry.id());
            check(entry.vector());
            if (!ids.add(entry.id())) {
                throw new IllegalArgumentException("An id stands twice in one call.");
            }
        }
        for (Entry entry : entries) {
            data.computeIfAbsent(partition, ignored -> new HashMap<>())
                    .computeIfAbsent(space, ignored -> new TreeMap<>())
                    .put(entry.id(), entry.vector().clone());
        }
    }

    @Override
    public synchronized List<Match> query(
            Partition partition, String space, float[] vector, int limit, Deadline deadline) {
        admit(deadline);
        check(SPACE, space);
        check(vector);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("A query asks for 1 to " + MAX_LIMIT + " matches.");
        }
        return data.getOrDefault(partition, Map.of()).getOrDefault(space, Map.of()).entrySet().stream()
                .map(entry -> new Match(entry.getKey(), cosine(entry.getValue(), vector)))
                .sorted(Comparator.comparingDouble(Match::score).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void delete(Partition partition, String space, Collection<String> ids, Deadline deadline) {
        admit(deadline);
        check(SPACE, space);
        ids.forEach(id -> check(ID, id));
        Map<String, float[]> vectors = data.getOrDefault(partition, Map.of()).get(space);
        if (vectors != null) {
            vectors.keySet().removeAll(Set.copyOf(ids));
        }
    }

    @Override
    public synchronized long count(Partition partition, Deadline deadline) {
        admit(deadline);
        return data.getOrDefault(partition, Map.of()).values().stream()
                .mapToLong(Map::size)
                .sum();
    }

    @Override
    public synchronized Removal drop(Partition partition, Deadline deadline) {
        long removed = count(partition, deadline);
        data.remove(partition);
        return new Removal(removed, removed * dimension * Float.BYTES);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void admit(Deadline deadline) {
        if (closed) {
            throw new StoreException(StoreException.Kind.CLOSED, "The vector index in memory is closed.");
        }
        if (deadline.expired()) {
            throw new StoreException(
                    StoreException.Kind.DEADLINE, "The deadline had passed before the vector index began.");
        }
    }

    private static void check(Pattern pattern, String name) {
        if (!pattern.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name of a space or of a vector is visible ASCII, and not too long.");
        }
    }

    private void check(float[] vector) {
        boolean zero = true;
        boolean finite = true;
        for (float number : vector) {
            zero &= number == 0;
            finite &= Float.isFinite(number);
        }
        if (vector.length != dimension || zero || !finite) {
            throw new IllegalArgumentException(
                    "A vector has " + dimension + " finite numbers here, not all of them zero.");
        }
    }

    private static double cosine(float[] one, float[] other) {
        double dot = 0;
        double squares = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            dot += (double) one[i] * other[i];
            squares += (double) one[i] * one[i];
            others += (double) other[i] * other[i];
        }
        return dot / Math.sqrt(squares * others);
    }
}
