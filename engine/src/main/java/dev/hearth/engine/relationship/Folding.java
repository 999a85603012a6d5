package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds what has collected of a relationship into segments, off everybody's path: when somebody is done with a
 * relationship and enough small blocks wait. It holds the turnstile for one write at a time. What fails or finds no room in the
 * queue is tried again when the relationship is next used.
 */
public final class Folding implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Folding.class);
    private static final int ENOUGH = 64;
    private static final int ATTEMPTS = 3;
    private static final int MOST_BEHIND = 50;

    private final Residents residents;
    private final Addresses addresses;
    private final Fold fold;
    private final Journal journal;
    private final Budgets budgets;
    private final Worker worker;

    Folding(Residents residents, Addresses addresses, Fold fold, Journal journal, Budgets budgets) {
        this.residents = residents;
        this.addresses = addresses;
        this.fold = fold;
        this.journal = journal;
        this.budgets = budgets;
        this.worker = new Worker("folding", Folding::due, this::background, () -> {});
    }

    /** Begins to fold in the background. */
    void start() {
        worker.start(residents);
    }

    private static boolean due(Resident resident) {
        return Fold.waiting(resident) >= ENOUGH;
    }

    /**
     * Folds all of a relationship that can be, now. How many steps it took, where nobody was faster.
     *
     * @throws Problem {@code conflict} where it is changed elsewhere again and again
     */
    public int fold(String relationship) {
        for (int attempt = 1; ; attempt++) {
            try (Residents.Lease lease = addresses.lease(relationship)) {
                return fold(lease.resident());
            } catch (Journal.Behind again) {
                // Tidied, or changed by another server, meanwhile: as it is now it is folded too.
                if (attempt == MOST_BEHIND) {
                    throw new Problem(
                            Code.CONFLICT, "The relationship changed at the same time; send it again.", again);
                }
            }
        }
    }

    private void background(Resident resident) {
        try (Residents.Lease lease = residents.again(resident)) {
            // Whoever tidies it folds it too.
            if (lease != null && resident.upkeep().lock().tryLock()) {
                try {
                    int ignored = folded(resident);
                } finally {
                    resident.upkeep().lock().unlock();
                }
            }
        } catch (RuntimeException failure) {
            // Everything is where it was; the worker goes on.
            if (!worker.closed()) {
                log.warn(
                        "Folding partition {} failed and is tried again when it is next used: {}",
                        resident.key().partition(),
                        failure.toString());
            }
        }
    }

    int fold(Resident resident) {
        resident.upkeep().lock().lock();
        try {
            return folded(resident);
        } finally {
            resident.upkeep().lock().unlock();
        }
    }

    private int folded(Resident resident) {
        int steps = 0;
        int overtaken = 0;
        while (!worker.closed() && overtaken < ATTEMPTS) {
            Fold.Step step = fold.prepare(resident);
            if (step == null && resident.unsavedVectors().any()) {
                // Their messages wait for nothing else.
                save(resident);
                continue;
            }
            if (step == null) {
                return steps;
            }
            switch (write(resident, step)) {
                case WRITTEN -> steps++;
                case OVERTAKEN -> overtaken++;
            }
        }
        return steps;
    }

    private enum Outcome {
        WRITTEN,
        OVERTAKEN
    }

    /** Writes a step that was prepared outside the turnstile, unless the relationship was changed since. */
    private Outcome write(Resident resident, Fold.Step step) {
        resident.enter(budgets.store());
        try {
            if (resident.stale()) {
                throw new Journal.Behind();
            }
            if (resident.revision() != step.revision()) {
                return Outcome.OVERTAKEN;
            }
            journal.advance(resident, resident.head(), step.batch());
            resident.blocks().merge(step.first(), step.end());
            resident.foldedTo(step.first());
            return Outcome.WRITTEN;
        } finally {
            resident.leave();
        }
    }

    private void save(Resident resident) {
        resident.enter(budgets.store());
        try {
            if (resident.stale()) {
                throw new Journal.Behind();
            }
            journal.advance(resident, resident.head(), new Batch());
        } finally {
            resident.leave();
        }
    }

    /** Ends it; a write that is under way is waited for. */
    @Override
    public void close() {
        worker.close();
    }
}
