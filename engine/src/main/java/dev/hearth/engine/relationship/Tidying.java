package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Moves all of one relationship that can be moved between the tiers, step by step, and removes what cut-off steps left. */
final class Tidying {

    private static final int ATTEMPTS = 3;
    private static final int MOST_BEHIND = 50;
    private static final int PAGE = 100;
    private static final int LOCKS = 64;

    /** An object that nothing names so long after it was put is left from a step that was cut off. */
    private static final Duration ORPHANED = Duration.ofHours(1);

    private final Folding folding;
    private final Demotion demotion;
    private final Archive archive;
    private final Journal journal;
    private final Vault vault;
    private final Budgets budgets;

    /** Held by who tidies a relationship, by its key: a step that moves something has it loaded anew, with another upkeep. */
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    Tidying(Folding folding, Demotion demotion, Archive archive, Journal journal, Vault vault, Budgets budgets) {
        this.folding = folding;
        this.demotion = demotion;
        this.archive = archive;
        this.journal = journal;
        this.vault = vault;
        this.budgets = budgets;
        Arrays.setAll(locks, ignored -> new ReentrantLock());
    }

    /** Some steps; {@code more} where the relationship is to be loaded anew before the next. */
    private record Pass(int steps, boolean more) {}

    /**
     * Moves all that can be moved; how many steps it took. Whoever tidies the relationship at the same time is waited for.
     *
     * @param leasing the relationship as it is now
     * @param stopped whether nothing is to be begun any more
     */
    int all(RelationshipKey key, Supplier<Residents.Lease> leasing, BooleanSupplier stopped) {
        ReentrantLock lock = locks[Math.floorMod(key.hashCode(), LOCKS)];
        try {
            if (!lock.tryLock(budgets.background().remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new Problem(Code.CONFLICT, "The relationship is being tidied already.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Code.OVERLOADED, "The server is stopping; send it again in a moment.", e);
        }
        try {
            return alone(leasing, stopped);
        } finally {
            lock.unlock();
        }
    }

    private int alone(Supplier<Residents.Lease> leasing, BooleanSupplier stopped) {
        int steps = 0;
        int behind = 0;
        while (!stopped.getAsBoolean()) {
            try (Residents.Lease lease = leasing.get()) {
                Pass pass = pass(lease.resident(), stopped);
                steps += pass.steps();
                behind = 0;
                if (!pass.more()) {
                    return steps;
                }
            } catch (Journal.Behind again) {
                // Whoever was faster has done a step of the same work.
                behind++;
                if (behind == MOST_BEHIND) {
                    throw new Problem(
                            Code.CONFLICT, "The relationship changed at the same time; send it again.", again);
                }
            }
        }
        return steps;
    }

    private Pass pass(Resident resident, BooleanSupplier stopped) {
        resident.upkeep().lock().lock();
        try {
            return locked(resident, stopped);
        } finally {
            resident.upkeep().lock().unlock();
        }
    }

    private Pass locked(Resident resident, BooleanSupplier stopped) {
        int steps = 0;
        int ignored = folding.fold(resident);
        long end = resident.settledTo();
        for (long first = resident.blocks().above(0, end);
                first < end;
                first = resident.blocks().above(first, end)) {
            for (int attempt = 0; attempt < ATTEMPTS && !stopped.getAsBoolean(); attempt++) {
                Demotion.Step step = demotion.prepare(resident, first);
                if (step == null) {
                    break;
                }
                if (write(resident, step)) {
                    steps++;
                    if (step.object() != null) {
                        demotion.putVectors(resident.key(), resident.life(), first, step);
                        return new Pass(steps, true);
                    }
                }
            }
        }
        removeOrphans(resident);
        resident.upkeep().done(budgets.clock().now());
        return new Pass(steps, false);
    }

    /** Writes a step that was prepared outside the turnstile, unless the relationship was changed since. */
    private boolean write(Resident resident, Demotion.Step step) {
        boolean tried = false;
        boolean written = false;
        try {
            resident.enter(budgets.store());
            try {
                if (resident.stale()) {
                    throw new Journal.Behind();
                }
                if (resident.revision() == step.revision()) {
                    tried = true;
                    journal.advance(resident, resident.head(), step.batch());
                    written = true;
                }
            } catch (Journal.Behind overtaken) {
                // The head has moved on without it: it stays so.
                String object = step.object();
                tried = tried && object != null && names(resident.key(), object);
                throw overtaken;
            } finally {
                resident.leave();
            }
        } finally {
            String object = step.object();
            // Where nobody knows what became of the write, the next look for orphans tells.
            if (!tried && !written && object != null) {
                archive.tryDelete(resident.key(), object);
            }
        }
        return written;
    }

    /** Whether the entry of the object's segment names it. */
    private boolean names(RelationshipKey key, String object) {
        String place = key.messages(Archive.firstSeq(key, object));
        Entry entry = vault.get(key.partition(), place, budgets.store());
        return entry != null
                && ColdBlock.is(entry.bytes())
                && ColdBlock.decode(entry.bytes()).names(object);
    }

    /**
     * Removes objects that nothing names. The head moves first: whoever put such an object and was paused since can name it
     * no more. What is named is read from the store behind that.
     */
    private void removeOrphans(Resident resident) {
        RelationshipKey key = resident.key();
        long before = budgets.clock().now().minus(ORPHANED).toEpochMilli();
        List<String> objects = archive.list(key);
        List<String> suspect = objects.stream()
                .filter(name -> Archive.putAt(name) < before && !resident.cold().names(name))
                .toList();
        if (suspect.isEmpty()
                || resident.damaged()
                || !write(resident, new Demotion.Step(resident.revision(), new Batch(), null, List.of()))) {
            return;
        }
        Set<String> kept = named(key, objects);
        if (kept != null) {
            suspect.stream().filter(name -> !kept.contains(name)).forEach(name -> archive.tryDelete(key, name));
        }
    }

    /**
     * The objects that the store's entries name, and all of a segment whose object is not there: such an entry was restored
     * from a backup, and what took its object's place stands in for it. Null where an entry cannot be read.
     */
    private @Nullable Set<String> named(RelationshipKey key, List<String> objects) {
        Set<String> named = new HashSet<>();
        List<Opened> page = new ArrayList<>();
        String from = key.messages();
        do {
            page = vault.tryRange(
                    key.partition(), new Range(from, Range.after(key.messages()), PAGE, false), budgets.background());
            for (Opened record : page) {
                from = record.key() + " ";
                if (!(record instanceof Opened.Whole(Entry entry))) {
                    return null;
                }
                try {
                    if (ColdBlock.is(entry.bytes())) {
                        ColdBlock block = ColdBlock.decode(entry.bytes());
                        named.add(block.object());
                        named.addAll(block.former());
                        if (!objects.contains(block.object())) {
                            long first = key.firstSeq(entry.key());
                            objects.stream()
                                    .filter(name -> Archive.firstSeq(key, name) == first)
                                    .forEach(named::add);
                        }
                    }
                } catch (CodecException damaged) {
                    return null;
                }
            }
        } while (page.size() == PAGE);
        return named;
    }

    /** When a pass that failed is tried again. */
    static Instant again(Instant now) {
        return now.plus(ORPHANED);
    }
}
