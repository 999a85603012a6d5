package dev.hearth.testkit;

import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A cold store that fails as a script says, and otherwise does what the store behind it does. {@link #onChanges} takes
 * one fault for each coming put, delete and drop, in order, {@link #onReads} for each coming get and list. Counts the
 * gets. Safe for many threads.
 */
public final class FaultyColdStore implements ColdStore {

    private final ColdStore store;
    private final Deque<FaultyWarmStore.Fault> onChanges = new ArrayDeque<>();
    private final Deque<FaultyWarmStore.Fault> onReads = new ArrayDeque<>();
    private final AtomicLong gets = new AtomicLong();
    private volatile FaultyWarmStore.@Nullable Fault everyGet;

    public FaultyColdStore(ColdStore store) {
        this.store = store;
    }

    /** What happens to the coming changes, one after the other. */
    public FaultyColdStore onChanges(FaultyWarmStore.Fault... faults) {
        synchronized (onChanges) {
            onChanges.addAll(List.of(faults));
        }
        return this;
    }

    /** What happens to the coming reads, one after the other. */
    public FaultyColdStore onReads(FaultyWarmStore.Fault... faults) {
        synchronized (onReads) {
            onReads.addAll(List.of(faults));
        }
        return this;
    }

    /** What happens to every get from now on for which {@link #onReads} has nothing; null for nothing. */
    public FaultyColdStore onEveryGet(FaultyWarmStore.@Nullable Fault fault) {
        everyGet = fault;
        return this;
    }

    /** Forgets what was still to happen. */
    public void heal() {
        synchronized (onChanges) {
            onChanges.clear();
        }
        synchronized (onReads) {
            onReads.clear();
        }
        everyGet = null;
    }

    /** How many times an object was asked for. */
    public long gets() {
        return gets.get();
    }

    @Override
    public boolean putIfAbsent(Partition partition, String name, byte[] bytes, Deadline deadline) {
        FaultyWarmStore.Fault fault = next(onChanges, null);
        before(fault, deadline);
        boolean put = store.putIfAbsent(partition, name, bytes, deadline);
        after(fault);
        return put;
    }

    @Override
    public byte @Nullable [] get(Partition partition, String name, Deadline deadline) {
        gets.incrementAndGet();
        FaultyWarmStore.Fault fault = next(onReads, everyGet);
        before(fault, deadline);
        after(fault);
        return store.get(partition, name, deadline);
    }

    @Override
    public List<String> list(Partition partition, String prefix, Deadline deadline) {
        FaultyWarmStore.Fault fault = next(onReads, null);
        before(fault, deadline);
        after(fault);
        return store.list(partition, prefix, deadline);
    }

    @Override
    public void delete(Partition partition, String name, Deadline deadline) {
        FaultyWarmStore.Fault fault = next(onChanges, null);
        before(fault, deadline);
        store.delete(partition, name, deadline);
        after(fault);
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        FaultyWarmStore.Fault fault = next(onChanges, null);
        before(fault, deadline);
        Removal removal = store.drop(partition, deadline);
        after(fault);
        return removal;
    }

    @Override
    public void close() {
        store.close();
    }

    private static FaultyWarmStore.@Nullable Fault next(
            Deque<FaultyWarmStore.Fault> scripted, FaultyWarmStore.@Nullable Fault otherwise) {
        synchronized (scripted) {
            FaultyWarmStore.Fault next = scripted.poll();
            return next == null ? otherwise : next;
        }
    }

    private static void before(FaultyWarmStore.@Nullable Fault fault, Deadline deadline) {
        switch (fault) {
            case FaultyWarmStore.Fault.Before(StoreException.Kind kind) ->
                throw FaultyWarmStore.failure(kind, "before the call");
            case FaultyWarmStore.Fault.Held(Gate gate) -> FaultyWarmStore.waitAt(gate, deadline);
            case FaultyWarmStore.Fault.Conflicting() ->
                throw new IllegalArgumentException("A cold store knows no conflicts.");
            case FaultyWarmStore.Fault.None none -> {}
            case FaultyWarmStore.Fault.After later -> {}
            case null -> {}
        }
    }

    private static void after(FaultyWarmStore.@Nullable Fault fault) {
        if (fault instanceof FaultyWarmStore.Fault.After(StoreException.Kind kind)) {
            throw FaultyWarmStore.failure(kind, "after the call");
        }
    }
}
