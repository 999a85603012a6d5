package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps copies of the relationships that are being used in the hot store, so that a server which has not got one in
 * memory asks the warm store for nothing. A copy is written off everybody's path and says which revision of the head it
 * stands for: whoever uses one finds out before, or with its next conditional write, whether it is the present one. Only
 * where other servers share the stores. Safe for many threads.
 */
public final class HotCopies implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HotCopies.class);

    /** Larger ones would keep the hot store busy for the sake of one relationship. */
    private static final int MOST_BYTES = 4 << 20;

    private static final int QUEUE = 1_000;

    /** So many whole copies wait at most. */
    private static final int BASES = 32;

    private static final int LOCKS = 64;
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Vault vault;
    private final HotStore hot;
    private final Budgets budgets;
    private final Duration lifetime;
    private final boolean shared;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition offered = lock.newCondition();
    /** What is to be written; only the newest of each relationship. */
    private final Map<RelationshipKey, Waiting> waiting = new LinkedHashMap<>();

    /** Held while copies are written, so that what is forgotten is not written after it; by relationship. */
    private final ReentrantLock[] writing = new ReentrantLock[LOCKS];

    private @Nullable Thread worker;
    private boolean closed;

    /**
     * @param lifetime how long a copy is kept that is not written again
     */
    HotCopies(Vault vault, HotStore hot, Budgets budgets, Duration lifetime) {
        this.vault = vault;
        this.hot = hot;
        this.budgets = budgets;
        this.lifetime = lifetime;
        this.shared = !vault.exclusive() && !lifetime.isZero();
        for (int i = 0; i < LOCKS; i++) {
            writing[i] = new ReentrantLock();
        }
    }

    /** A relationship whose copy is to be written; with a base where that is new. */
    private record Waiting(Resident resident, @Nullable HotCopy base) {}

    /** Whether copies are kept at all. */
    boolean kept() {
        return shared;
    }

    void start() {
        if (shared) {
            worker = Thread.ofVirtual().name("hot copies").start(this::run);
        }
    }

    private static String base(RelationshipKey key) {
        return "copy/" + key.prefix() + "base";
    }

    private static String changes(RelationshipKey key) {
        return "copy/" + key.prefix() + "changes";
    }

    /**
     * A copy.
     *
     * @param base as the hot store has it
     * @param changes to it, null for none
     * @param records what they come to
     */
    record Copy(HotCopy base, @Nullable HotCopy changes, Records records) {}

    /** The relationship's copy; null where there is none that can be used. One round trip. */
    @Nullable
    Copy find(RelationshipKey key) {
        if (!shared) {
            return null;
        }
        Deadline deadline = Deadline.after(budgets.clock(), WAIT);
        try (Scope scope = new Scope(budgets.clock())) {
            Fork<byte[]> later = scope.fork("hot", () -> nonNull(open(key, changes(key), deadline)));
            byte[] first = open(key, base(key), deadline);
            byte[] second = later.await(deadline) instanceof Fork.Result.Done<byte[]> done ? done.value() : NOTHING;
            if (first == null) {
                return null;
            }
            HotCopy base = HotCopy.decode(first);
            HotCopy changes = second.length == 0 ? null : HotCopy.decode(second);
            HotCopy whole = changes == null ? null : base.with(changes);
            // Changes to another base are left from before this one.
            return whole == null
                    ? new Copy(base, null, base.records(key))
                    : new Copy(base, changes, whole.records(key));
        } catch (CodecException | StoreException | Problem unusable) {
            log.debug("A hot copy cannot be used: {}", unusable.getMessage());
            return null;
        }
    }

    private static final byte[] NOTHING = {};

    private static byte[] nonNull(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }

    private byte @Nullable [] open(RelationshipKey key, String name, Deadline deadline) {
        byte[] sealed = hot.get(key.partition(), name, deadline);
        return sealed == null ? null : vault.open(key.partition(), name, sealed);
    }

    /** Has what was loaded from the warm store copied in a moment. Does not wait. */
    void loaded(Resident resident, Records records, Map<String, AnalysisBlock> analyses) {
        HotCopy whole = shared ? HotCopy.of(records, analyses) : null;
        HotCopy base = whole == null ? null : whole.within(MOST_BYTES);
        if (base == null) {
            return;
        }
        resident.records().basedOn(base, null);
        offer(resident, base);
    }

    private void offer(Resident resident, @Nullable HotCopy base) {
        lock.lock();
        try {
            Waiting present = waiting.get(resident.key());
            long bases = base == null
                    ? 0
                    : waiting.values().stream()
                            .filter(each -> each.base() != null)
                            .count();
            if ((present == null && waiting.size() >= QUEUE) || bases >= BASES) {
                resident.records().lost();
                return;
            }
            boolean same = present != null && present.resident() == resident;
            HotCopy pending = same && present != null ? present.base() : null;
            waiting.put(resident.key(), new Waiting(resident, base == null ? pending : base));
            offered.signal();
        } finally {
            lock.unlock();
        }
    }

    private void put(Resident resident, String name, byte[] plain) {
        Partition partition = resident.key().partition();
        Deadline deadline = budgets.store();
        // Not while an erasure empties the hot store, nor after it.
        boolean ignored = vault.during(partition, resident.life(), deadline, () -> {
            hot.put(partition, name, vault.seal(partition, name, plain), lifetime, deadline);
            return true;
        });
    }

    /** Has what changed copied in a moment. Does not wait. */
    void changed(Resident resident) {
        if (shared && resident.records().base() != 0) {
            offer(resident, null);
        }
    }

    /** Removes the copy of a relationship from which something is erased, before the erasure is acknowledged. */
    void forget(Resident resident) {
        if (!shared) {
            return;
        }
        RelationshipKey key = resident.key();
        resident.records().lost();
        ReentrantLock mine = writing(key);
        Deadline deadline = budgets.store();
        boolean alone = false;
        try {
            alone = mine.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            remove(key, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("A hot copy of partition {} was not removed before the server stopped.", key.partition());
        } catch (StoreException lost) {
            // Of another revision than the head's, it is never used again; it ends with its lifetime.
            log.warn(
                    "A hot copy of partition {} could not be removed and lasts until it expires: {}",
                    key.partition(),
                    lost.getMessage());
        } finally {
            if (alone) {
                mine.unlock();
            }
        }
    }

    /** What nobody knows the state of is better not there. */
    private void tryRemove(RelationshipKey key) {
        try {
            remove(key, budgets.store());
        } catch (StoreException lost) {
            log.debug("The hot store did not remove a copy: {}", lost.getMessage());
        }
    }

    private void remove(RelationshipKey key, Deadline deadline) {
        hot.remove(key.partition(), base(key), deadline);
        hot.remove(key.partition(), changes(key), deadline);
    }

    private ReentrantLock writing(RelationshipKey key) {
        return writing[Math.floorMod(key.hashCode(), LOCKS)];
    }

    /** How many bytes the relationship's copy takes, 0 for none. */
    long hotBytes(RelationshipKey key) {
        long bytes = 0;
        try {
            for (String name : shared ? List.of(base(key), changes(key)) : List.<String>of()) {
                byte[] held = hot.get(key.partition(), name, budgets.store());
                bytes += held == null ? 0 : held.length;
            }
        } catch (StoreException lost) {
            log.debug("The hot store did not answer: {}", lost.getMessage());
        }
        return bytes;
    }

    private void run() {
        try {
            while (true) {
                Waiting next = take();
                if (next == null) {
                    return;
                }
                ReentrantLock mine = writing(next.resident().key());
                mine.lockInterruptibly();
                try {
                    if (write(next.resident(), next.base())) {
                        unlessOvertaken(next.resident());
                    }
                } catch (RuntimeException lost) {
                    log.debug("The hot store did not take a copy: {}", lost.getMessage());
                    next.resident().records().lost();
                    tryRemove(next.resident().key());
                } finally {
                    mine.unlock();
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Waiting take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                boolean ignored = offered.await(1, TimeUnit.MINUTES);
            }
            if (waiting.isEmpty()) {
                return null;
            }
            RelationshipKey first = waiting.keySet().iterator().next();
            return waiting.remove(first);
        } finally {
            lock.unlock();
        }
    }

    /** Whether anything was written. */
    private boolean write(Resident resident, @Nullable HotCopy base) {
        if (resident.stale() || resident.records().base() == 0) {
            return false;
        }
        if (base != null && !put(resident, base)) {
            return false;
        }
        if (!resident.records().outgrown()) {
            HotCopy changes = resident.records().changes(resident.life());
            if (changes != null && !changes.records().isEmpty()) {
                HotCopy analysed = changes.analysed(resident.key());
                resident.records().analysed(analysed);
                put(resident, changes(resident.key()), analysed.encode());
            }
            return true;
        }
        byte[] there = open(resident.key(), base(resident.key()), budgets.store());
        HotCopy changes = resident.records().rebase(resident.life());
        HotCopy whole =
                there == null || changes == null ? null : HotCopy.decode(there).with(changes);
        if (whole == null) {
            resident.records().lost();
            return false;
        }
        return put(resident, new HotCopy(whole.revision(), whole.revision(), whole.life(), whole.records()));
    }

    /** Removes the copy again where another server has changed or erased meanwhile what it holds. */
    private void unlessOvertaken(Resident resident) {
        RelationshipKey key = resident.key();
        Entry head = vault.get(key.partition(), key.head(), budgets.store());
        boolean erasedFrom = resident.records().base() == 0;
        // Asked before the revision in memory: a write that ends meanwhile has moved that on.
        boolean own = head != null && resident.records().writes(head.bytes());
        if (erasedFrom
                || head == null
                || head.life() != resident.life()
                || (!own && head.revision() > resident.revision())) {
            resident.records().lost();
            remove(key, budgets.store());
        }
    }

    private boolean put(Resident resident, HotCopy base) {
        HotCopy fitting = base.analysed(resident.key()).within(MOST_BYTES);
        if (fitting == null) {
            resident.records().lost();
            remove(resident.key(), budgets.store());
            return false;
        }
        resident.records().based(fitting);
        put(resident, base(resident.key()), fitting.encode());
        return true;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            offered.signalAll();
        } finally {
            lock.unlock();
        }
        Thread running = worker;
        if (running != null) {
            try {
                // What waits is written: whoever goes on with these relationships finds them.
                if (!running.join(CLOSING)) {
                    log.warn("Copying to the hot store did not end within {}.", CLOSING);
                    running.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
