package dev.hearth.bench.tiers;

import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cold store that notes the names of the objects that are put and asked for, apart those that are asked for before a
 * search ranks. Safe for many threads.
 */
final class WatchedColdStore implements ColdStore {

    /** The engine's thread that brings in a segment for a query. */
    private static final String RECALLING = "cold";

    private final ColdStore store;
    private final List<String> otherwise = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Long> firsts = new ArrayList<>();

    WatchedColdStore(ColdStore store) {
        this.store = store;
    }

    /**
     * What was asked for.
     *
     * @param ranked the names of what was fetched to be ranked
     * @param told of what was fetched to tell of hits: what repeats them, or took their place
     */
    record Reads(List<String> ranked, List<String> told) {}

    /** What was asked for since this was last called. */
    Reads take() {
        synchronized (asked) {
            Reads taken = new Reads(List.copyOf(asked), List.copyOf(otherwise));
            asked.clear();
            otherwise.clear();
            return taken;
        }
    }

    /** The first seqs of the segments that were put since this was last called. */
    List<Long> firsts() {
        synchronized (asked) {
            List<Long> taken = List.copyOf(firsts);
            firsts.clear();
            return taken;
        }
    }

    /** The first seq of the segment that an object holds, which its name says. */
    static long first(String name) {
        return Long.parseLong(name.substring(name.lastIndexOf('/') + 1).split("-", -1)[0], 16);
    }

    @Override
    public byte @Nullable [] get(Partition partition, String name, Deadline deadline) {
        synchronized (asked) {
            (Thread.currentThread().getName().equals(RECALLING) ? asked : otherwise).add(name);
        }
        return store.get(partition, name, deadline);
    }

    @Override
    public boolean putIfAbsent(Partition partition, String name, byte[] bytes, Deadline deadline) {
        synchronized (asked) {
            firsts.add(first(name));
        }
        return store.putIfAbsent(partition, name, bytes, deadline);
    }

    @Override
    public List<String> list(Partition partition, String prefix, Deadline deadline) {
        return store.list(partition, prefix, deadline);
    }

    @Override
    public void delete(Partition partition, String name, Deadline deadline) {
        store.delete(partition, name, deadline);
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        return store.drop(partition, deadline);
    }

    /** The store behind it is its owner's to close. */
    @Override
    public void close() {}
}
