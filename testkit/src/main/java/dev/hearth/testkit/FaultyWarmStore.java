package dev.hearth.testkit;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A warm store that fails as a script or a seed says, and otherwise does what the store behind it does.
 *
 * <p>{@link #onWrites} and {@link #onReads} take one fault for each coming call, in order. {@link #seeded} draws a
 * fault for each write. Reads are {@code get}, {@code range} and {@code exists}. Safe for many threads.
 */
public final class FaultyWarmStore implements WarmStore {

    /** What happens to one call. */
    public sealed interface Fault {

        /** Nothing. */
        record None() implements Fault {}

        /** It throws, and nothing happened. */
        record Before(StoreException.Kind kind) implements Fault {}

        /** It happens, and then throws: the answer was lost. For a read the same as {@link Before}. */
        record After(StoreException.Kind kind) implements Fault {}

        /** It waits at a gate until the test opens it, at most for the deadline's rest in real time. */
        record Held(Gate gate) implements Fault {}

        /** A write answers with a conflict, and nothing happened. */
        record Conflicting() implements Fault {}
    }

    private final WarmStore store;
    private final @Nullable Random random;
    private final double share;
    private final Deque<Fault> onWrites = new ArrayDeque<>();
    private final Deque<Fault> onReads = new ArrayDeque<>();
    private final AtomicLong injected = new AtomicLong();

    /** Fails only as told by {@link #onWrites} and {@link #onReads}. */
    public FaultyWarmStore(WarmStore store) {
        this(store, null, 0);
    }

    private FaultyWarmStore(WarmStore store, @Nullable Random random, double share) {
        this.store = store;
        this.random = random;
        this.share = share;
    }

    /** Fails a {@code share} of the writes, before or after the write, as {@code seed} draws. */
    public static FaultyWarmStore seeded(WarmStore store, long seed, double share) {
        return new FaultyWarmStore(store, new Random(seed), share);
    }

    /** What happens to the coming writes and drops, one after the other. */
    public FaultyWarmStore onWrites(Fault... faults) {
        synchronized (onWrites) {
            onWrites.addAll(List.of(faults));
        }
        return this;
    }

    /** What happens to the coming reads, one after the other. */
    public FaultyWarmStore onReads(Fault... faults) {
        synchronized (onReads) {
            onReads.addAll(List.of(faults));
        }
        return this;
    }

    /** Forgets what was still to happen. */
    public void heal() {
        synchronized (onWrites) {
            onWrites.clear();
        }
        synchronized (onReads) {
            onReads.clear();
        }
    }

    /** How many faults have been injected. */
    public long injected() {
        return injected.get();
    }

    @Override
    public @Nullable Item get(Partition partition, String key, Deadline deadline) {
        beforeRead(deadline);
        return store.get(partition, key, deadline);
    }

    @Override
    public List<Item> getAll(Partition partition, List<String> keys, Deadline deadline) {
        beforeRead(deadline);
        return store.getAll(partition, keys, deadline);
    }

    @Override
    public List<Item> range(Partition partition, Range range, Deadline deadline) {
        beforeRead(deadline);
        return store.range(partition, range, deadline);
    }

    @Override
    public boolean exists(Partition partition, Deadline deadline) {
        beforeRead(deadline);
        return store.exists(partition, deadline);
    }

    @Override
    public WriteOutcome write(Partition partition, Write write, Deadline deadline) {
        switch (take(onWrites, true)) {
            case Fault.None ignored -> {}
            case Fault.Before before -> throw failure(before.kind(), "before the write");
            case Fault.After after -> {
                store.write(partition, write, deadline);
                throw failure(after.kind(), "after the write");
            }
            case Fault.Held held -> waitAt(held.gate(), deadline);
            case Fault.Conflicting ignored -> {
                return new WriteOutcome.Conflict(
                        write.conditions().isEmpty()
                                ? write.operations().getFirst().key()
                                : write.conditions().getFirst().key());
            }
        }
        return store.write(partition, write, deadline);
    }

    @Override
    public List<Partition> partitions(Deadline deadline) {
        return store.partitions(deadline);
    }

    @Override
    public long bytes(Partition partition, Deadline deadline) {
        return store.bytes(partition, deadline);
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        switch (take(onWrites, true)) {
            case Fault.None ignored -> {}
            case Fault.Before before -> throw failure(before.kind(), "before the partition was dropped");
            case Fault.After after -> {
                store.drop(partition, deadline);
                throw failure(after.kind(), "after the partition was dropped");
            }
            case Fault.Held held -> waitAt(held.gate(), deadline);
            case Fault.Conflicting ignored -> {}
        }
        return store.drop(partition, deadline);
    }

    @Override
    public boolean exclusive() {
        return store.exclusive();
    }

    @Override
    public void close() {
        store.close();
    }

    private void beforeRead(Deadline deadline) {
        switch (take(onReads, false)) {
            case Fault.None ignored -> {}
            case Fault.Conflicting ignored -> {}
            case Fault.Before before -> throw failure(before.kind(), "before the read");
            case Fault.After after -> throw failure(after.kind(), "after the read");
            case Fault.Held held -> waitAt(held.gate(), deadline);
        }
    }

    private Fault take(Deque<Fault> script, boolean drawn) {
        Fault fault;
        synchronized (script) {
            fault = script.poll();
        }
        if (fault == null) {
            fault = drawn ? draw() : new Fault.None();
        }
        if (!(fault instanceof Fault.None)) {
            injected.incrementAndGet();
        }
        return fault;
    }

    private Fault draw() {
        if (random == null) {
            return new Fault.None();
        }
        synchronized (random) {
            if (random.nextDouble() >= share) {
                return new Fault.None();
            }
            return switch (random.nextInt(4)) {
                case 0 -> new Fault.Before(StoreException.Kind.UNAVAILABLE);
                case 1 -> new Fault.After(StoreException.Kind.UNAVAILABLE);
                case 2 -> new Fault.After(StoreException.Kind.DEADLINE);
                default -> new Fault.Before(StoreException.Kind.DEADLINE);
            };
        }
    }

    static void waitAt(Gate gate, Deadline deadline) {
        gate.arrive();
        try {
            if (!gate.passable(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw failure(StoreException.Kind.DEADLINE, "while it was held");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure(StoreException.Kind.UNAVAILABLE, "by an interrupt while it was held");
        }
    }

    static StoreException failure(StoreException.Kind kind, String when) {
        return new StoreException(kind, "Injected by the test: " + kind + " " + when + ".");
    }
}
