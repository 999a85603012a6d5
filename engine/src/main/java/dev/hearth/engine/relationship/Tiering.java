package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is old to the cold store and what is used back to the warm one, off everybody's path: when somebody is done
 * with a relationship, and once a day through all of them. Everything may be cut off at any time and is found again.
 */
public final class Tiering implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Tiering.class);
    private static final int QUEUE = 1_000;
    private static final int ATTEMPTS = 3;
    private static final Duration AGAIN = Duration.ofHours(24);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    /** An object that nothing names so long after it was put is left from a step that was cut off. */
    private static final Duration ORPHANED = Duration.ofHours(1);

    private final Residents residents;
    private final Addresses addresses;
    private final Folding folding;
    private final Demotion demotion;
    private final Archive archive;
    private final Journal journal;
    private final Vault vault;
    private final Users users;
    private final Staying staying;
    private final Budgets budgets;
    private final BlockingQueue<WeakReference<Resident>> queue = new ArrayBlockingQueue<>(QUEUE);
    private @Nullable Thread worker;
    private volatile boolean closed;

    Tiering(
            Residents residents,
            Addresses addresses,
            Folding folding,
            Demotion demotion,
            Archive archive,
            Journal journal,
            Vault vault,
            Users users,
            Staying staying,
            Budgets budgets) {
        this.residents = residents;
        this.addresses = addresses;
        this.folding = folding;
        this.demotion = demotion;
        this.archive = archive;
        this.journal = journal;
        this.vault = vault;
        this.users = users;
        this.staying = staying;
        this.budgets = budgets;
    }

    /** Begins to work in the background. */
    void start() {
        worker = Thread.ofVirtual().name("tiering").start(this::run);
        residents.whenLeft(resident -> {
            if (due(resident) && !queue.offer(new WeakReference<>(resident))) {
                log.debug("The queue of tiering is full; a relationship is tidied when next used.");
            }
        });
    }

    private boolean due(Resident resident) {
        Instant now = budgets.clock().now();
        boolean time = !now.isBefore(resident.tidyAfter());
        return (time && (resident.leftOver() || staying.mayBeOld(resident, now)))
                || resident.uses().allSince(staying.usedSince(now)).stream()
                        .anyMatch(seq -> resident.cold().coldIn(seq) != 0);
    }

    /** Moves all of a relationship that can be moved, now. How many steps it took. */
    public int tidy(String relationship) {
        return behindAtMost(() -> addresses.lease(relationship));
    }

    /** Tidies what is leased; once more where somebody else changed the relationship meanwhile. */
    private int behindAtMost(Supplier<Residents.Lease> leasing) {
        for (int attempt = 1; ; attempt++) {
            try (Residents.Lease lease = leasing.get()) {
                return tidy(lease.resident());
            } catch (Journal.Behind behind) {
                if (attempt == ATTEMPTS) {
                    throw new Problem(
                            Code.CONFLICT, "The relationship changed at the same time; send it again.", behind);
                }
            }
        }
    }

    /**
     * Goes through every relationship there is and moves what can be moved; how many steps it took. Reads a user's record
     * and one block of each relationship, and loads those in which something is old.
     */
    public int sweep() {
        int steps = 0;
        for (Partition partition : vault.partitions(budgets.background())) {
            if (closed || partition.equals(Partition.SYSTEM)) {
                continue;
            }
            try {
                steps += sweep(partition);
            } catch (RuntimeException failure) {
                log.warn("Tidying partition {} failed and is tried again: {}", partition, failure.toString());
            }
        }
        return steps;
    }

    private int sweep(Partition partition) {
        Users.Stored user = users.find(partition);
        int steps = 0;
        for (int ordinal = 0; user != null && ordinal < user.record().nextOrdinal(); ordinal++) {
            RelationshipKey key = new RelationshipKey(partition, ordinal);
            if (mayBeOld(key)) {
                try {
                    steps += behindAtMost(() -> addresses.lease(key));
                } catch (Problem gone) {
                    log.debug("A relationship was not tidied: {}", gone.getMessage());
                }
            }
        }
        return steps;
    }

    private boolean mayBeOld(RelationshipKey key) {
        List<Opened> first = vault.tryRange(
                key.partition(), new Range(key.messages(), Range.after(key.messages()), 1, false), budgets.store());
        if (first.isEmpty() || !(first.getFirst() instanceof Opened.Whole(Entry entry))) {
            return !first.isEmpty();
        }
        try {
            return ColdBlock.is(entry.bytes())
                    || MessageBlock.decode(entry.bytes()).messages().stream()
                            .allMatch(message ->
                                    staying.old(message, budgets.clock().now()));
        } catch (CodecException damaged) {
            return true;
        }
    }

    private void run() {
        Instant nextSweep = budgets.clock().now().plus(AGAIN);
        try {
            while (!closed) {
                WeakReference<Resident> next =
                        queue.poll(AGAIN.toMillis() / 24, java.util.concurrent.TimeUnit.MILLISECONDS);
                Resident resident = next == null ? null : next.get();
                if (resident != null && due(resident)) {
                    background(resident);
                }
                if (next == null && !budgets.clock().now().isBefore(nextSweep)) {
                    int steps = sweep();
                    log.info("Between the tiers {} steps were taken.", steps);
                    nextSweep = budgets.clock().now().plus(AGAIN);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void background(Resident resident) {
        try (Residents.Lease lease = residents.again(resident)) {
            if (lease != null) {
                int ignored = tidy(resident);
            }
        } catch (RuntimeException failure) {
            // Everything is where it was; the worker goes on.
            resident.tidyAfter(budgets.clock().now().plus(ORPHANED));
            if (!closed) {
                log.warn(
                        "Tidying partition {} failed and is tried again when it is next used: {}",
                        resident.key().partition(),
                        failure.toString());
            }
        }
    }

    private int tidy(Resident resident) {
        int steps = 0;
        boolean away = false;
        try {
            int ignored = folding.fold(resident);
            long end = resident.settledTo();
            for (long first = resident.blocks().above(0, end);
                    first < end;
                    first = resident.blocks().above(first, end)) {
                for (int attempt = 0; attempt < ATTEMPTS && !closed; attempt++) {
                    Demotion.Step step = demotion.prepare(resident, first);
                    if (step == null) {
                        break;
                    }
                    if (write(resident, step)) {
                        steps++;
                        away |= step.object() != null;
                    }
                }
            }
            removeOrphans(resident);
            Instant now = budgets.clock().now();
            resident.uses().tidied(now);
            resident.tidyAfter(now.plus(AGAIN));
        } finally {
            if (away) {
                // What was put away leaves memory when it is loaded anew, also where the rest failed.
                resident.markStale();
            }
        }
        return steps;
    }

    /** Writes a step that was prepared outside the turnstile, unless the relationship was changed since. */
    private boolean write(Resident resident, Demotion.Step step) {
        boolean written = false;
        try {
            resident.enter(budgets.store());
            try {
                if (resident.stale()) {
                    throw new Journal.Behind();
                }
                if (resident.revision() == step.revision()) {
                    journal.advance(resident, resident.head(), step.batch());
                    written = true;
                }
            } finally {
                resident.leave();
            }
        } finally {
            String object = step.object();
            // Where it is stale the store may name the object: it is left to the next look for orphans.
            if (!written && object != null && !resident.stale()) {
                archive.tryDelete(resident.key(), object);
            }
        }
        return written;
    }

    /**
     * Removes objects that nothing names, left by steps that were cut off. The head moves first: whoever put such an
     * object and was paused since can name it no more. Then the store is asked, for memory may not know of an object that
     * was named a moment ago, and a clock that was set may make that a long time.
     */
    private void removeOrphans(Resident resident) {
        RelationshipKey key = resident.key();
        long before = budgets.clock().now().minus(ORPHANED).toEpochMilli();
        List<String> suspect = archive.list(key).stream()
                .filter(name -> Archive.putAt(name) < before && !resident.cold().names(name))
                .toList();
        if (suspect.isEmpty() || resident.damaged()) {
            return;
        }
        if (write(resident, new Demotion.Step(resident.revision(), new Batch(), null))) {
            suspect.stream().filter(name -> !named(key, name)).forEach(name -> archive.tryDelete(key, name));
        }
    }

    /** Whether the store has an entry that names the object; true where that cannot be told. */
    private boolean named(RelationshipKey key, String object) {
        try {
            Entry entry = vault.get(key.partition(), Archive.place(object), budgets.store());
            return entry != null
                    && ColdBlock.is(entry.bytes())
                    && ColdBlock.decode(entry.bytes()).names(object);
        } catch (Problem | CodecException unknown) {
            log.debug("An object is left to the next look: {}", unknown.getMessage());
            return true;
        }
    }

    /** Ends it; a step that is under way is waited for. */
    @Override
    public void close() {
        closed = true;
        Thread running = worker;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            if (!running.join(CLOSING)) {
                log.warn("Tiering did not end within {}.", CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
