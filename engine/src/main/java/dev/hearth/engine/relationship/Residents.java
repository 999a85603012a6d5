package dev.hearth.engine.relationship;

import dev.hearth.engine.problem.Problem;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The relationships held in memory: loaded on first use, let go least recently used first when they take more than
 * their bound, never while somebody uses them. Safe for many threads.
 */
public final class Residents {

    /** Some 10 MB, and more than eight questions in a row have fetched. */
    private static final long MOST_BROUGHT = 10_000;

    private final Loader loader;
    private final long maxBytes;
    private final long mostBrought;
    private final BiConsumer<Resident, List<StoredMessage>> onUnembedded;
    private final List<Consumer<Resident>> onLeft = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<RelationshipKey, Slot> slots = new ConcurrentHashMap<>();
    private final AtomicLong uses = new AtomicLong();
    private final AtomicLong held = new AtomicLong();

    /**
     * @param onUnembedded told of messages that have no vector when a relationship is loaded
     */
    Residents(Loader loader, long maxBytes, BiConsumer<Resident, List<StoredMessage>> onUnembedded) {
        this(loader, maxBytes, MOST_BROUGHT, onUnembedded);
    }

    /** @param mostBrought a relationship that has more cold messages in memory is loaded anew once nobody uses it */
    Residents(Loader loader, long maxBytes, long mostBrought, BiConsumer<Resident, List<StoredMessage>> onUnembedded) {
        this.mostBrought = mostBrought;
        this.loader = loader;
        this.maxBytes = maxBytes;
        this.onUnembedded = onUnembedded;
    }

    /** Calls {@code listener} whenever somebody is done with a relationship; it does not wait. */
    public void whenLeft(Consumer<Resident> listener) {
        onLeft.add(listener);
    }

    /** A relationship that stays in memory until closed. */
    public final class Lease implements AutoCloseable {
        private final Slot slot;
        private final Resident resident;
        private final boolean told;

        private Lease(Slot slot, Resident resident, boolean told) {
            this.slot = slot;
            this.resident = resident;
            this.told = told;
        }

        public Resident resident() {
            return resident;
        }

        @Override
        public void close() {
            Resident held = slot.resident;
            count(slot, held == null ? 0 : held.bytes());
            slot.users.decrementAndGet();
            trim();
            if (told) {
                onLeft.forEach(listener -> listener.accept(resident));
            }
            shed(slot, resident);
        }
    }

    private static final class Slot {
        private final ReentrantLock loading = new ReentrantLock();
        private final AtomicLong users = new AtomicLong();
        private volatile long lastUse;
        private final AtomicLong bytes = new AtomicLong();
        private volatile boolean out;
        private volatile @Nullable Resident resident;
    }

    /**
     * The relationship, loaded if need be; a problem {@code not_found} where there is none. Where other processes write to
     * the store too, it is as the store has it now, which costs a read.
     */
    public Lease lease(RelationshipKey key) {
        return lease(key, true);
    }

    /** The same for who is about to write, and finds out by that whether another process was faster. */
    Lease leaseToWrite(RelationshipKey key) {
        return lease(key, false);
    }

    private Lease lease(RelationshipKey key, boolean current) {
        Slot slot = pin(key);
        boolean kept = false;
        try {
            Resident seen = slot.resident;
            // Before the lock, for which nobody is to wait as long as the store takes.
            boolean behind = current && seen != null && !seen.stale() && loader.differs(seen);
            Lease lease = behind && seen != null && !refreshed(slot, seen)
                    ? new Lease(slot, load(key, false, true), false)
                    : locked(slot, key, current);
            kept = true;
            return lease;
        } finally {
            if (!kept) {
                unpin(slot, key);
            }
        }
    }

    /**
     * Has what is behind the store loaded anew; false where a turn runs in it. Whose write it is, is not known before that
     * ends: then what the store says is read apart.
     */
    private boolean refreshed(Slot slot, Resident seen) {
        if (slot.resident != seen || seen.stale()) {
            return true;
        }
        if (!seen.tryEnter()) {
            return false;
        }
        try {
            if (loader.differs(seen)) {
                seen.markStale();
            }
            return true;
        } finally {
            seen.leave();
        }
    }

    private Lease locked(Slot slot, RelationshipKey key, boolean current) {
        slot.loading.lock();
        try {
            Resident resident = slot.resident;
            if (resident == null || resident.stale()) {
                List<Long> carried = resident == null ? List.of() : resident.carried();
                resident = load(key, true, current);
                resident.carry(carried);
                slot.resident = resident;
                count(slot, resident.bytes());
            }
            return new Lease(slot, resident, true);
        } finally {
            slot.loading.unlock();
        }
    }

    /** Gives back a slot that could not be leased; what is in it stays where it is sound. */
    private void unpin(Slot slot, RelationshipKey key) {
        slot.users.decrementAndGet();
        slots.computeIfPresent(key, (k, present) -> {
            Resident there = slot.resident;
            if (present != slot || slot.users.get() > 0 || (there != null && !there.stale())) {
                return present;
            }
            long ignored = uncount(slot);
            return null;
        });
    }

    /** This very resident if it is in memory still, for work that its listener asked for; otherwise null. */
    @Nullable
    Lease again(Resident resident) {
        Slot[] pinned = new Slot[1];
        slots.computeIfPresent(resident.key(), (key, slot) -> {
            if (slot.resident == resident && !resident.stale()) {
                slot.users.incrementAndGet();
                pinned[0] = slot;
            }
            return slot;
        });
        Slot slot = pinned[0];
        return slot == null ? null : new Lease(slot, resident, false);
    }

    private Slot pin(RelationshipKey key) {
        Slot pinned = slots.compute(key, (k, present) -> {
            Slot slot = present == null ? new Slot() : present;
            slot.users.incrementAndGet();
            return slot;
        });
        pinned.lastUse = uses.incrementAndGet();
        return pinned;
    }

    private Resident load(RelationshipKey key, boolean copied, boolean current) {
        Loader.Loaded loaded = loader.load(key, copied, current);
        if (loaded == null) {
            throw Problem.notFound("There is no such relationship (any more). PUT"
                    + " /v1/companions/{id}/users/{external_id} makes one.");
        }
        if (!loaded.unembedded().isEmpty()) {
            onUnembedded.accept(loaded.resident(), loaded.unembedded());
        }
        return loaded.resident();
    }

    /** How many relationships are in memory. */
    public int count() {
        return slots.size();
    }

    /** How many bytes they take, about. */
    public long bytes() {
        return held.get();
    }

    private void count(Slot slot, long bytes) {
        held.addAndGet(bytes - slot.bytes.getAndSet(bytes));
        if (slot.out) {
            held.addAndGet(-slot.bytes.getAndSet(0));
        }
    }

    private long uncount(Slot slot) {
        slot.out = true;
        long bytes = slot.bytes.getAndSet(0);
        held.addAndGet(-bytes);
        return bytes;
    }

    /** Lets go of everything of a partition; who still uses it finds it stale. */
    public Removal forget(Partition partition) {
        Removal removed = Removal.NOTHING;
        for (RelationshipKey key : slots.keySet()) {
            if (key.partition().equals(partition)) {
                removed = removed.plus(forget(key));
            }
        }
        return removed;
    }

    Removal forget(RelationshipKey key) {
        Slot slot = slots.remove(key);
        Resident resident = slot == null ? null : slot.resident;
        if (slot == null || resident == null) {
            return Removal.NOTHING;
        }
        resident.markStale();
        return new Removal(1, uncount(slot));
    }

    /** Has what is full of cold messages loaded anew at its next use; not while it is used, or what was used is not noted. */
    private void shed(Slot slot, Resident resident) {
        if (resident.stale()
                || resident.cold().brought() <= mostBrought
                || resident.upkeep().usedCold()) {
            return;
        }
        slots.computeIfPresent(resident.key(), (key, present) -> {
            if (present == slot && slot.users.get() == 0) {
                resident.markStale();
            }
            return present;
        });
    }

    private void trim() {
        long over = held.get() - maxBytes;
        if (over <= 0) {
            return;
        }
        List<RelationshipKey> oldest = slots.entrySet().stream()
                .filter(slot -> slot.getValue().users.get() == 0)
                .sorted(Comparator.comparingLong(slot -> slot.getValue().lastUse))
                .map(java.util.Map.Entry::getKey)
                .toList();
        for (RelationshipKey key : oldest) {
            if (over <= 0) {
                return;
            }
            long[] freed = new long[1];
            slots.computeIfPresent(key, (k, slot) -> {
                if (slot.users.get() > 0) {
                    return slot;
                }
                freed[0] = uncount(slot);
                return null;
            });
            over -= freed[0];
        }
    }
}
