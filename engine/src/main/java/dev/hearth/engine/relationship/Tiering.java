package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.SoleWork;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is old to the cold store and what is used back to the warm one, off everybody's path: when somebody is done
 * with a relationship, and once a day through all of them. Everything may be cut off at any time and is found again.
 */
public final class Tiering implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Tiering.class);
    private static final Duration DAILY = Duration.ofHours(24);

    /** So long after the start, or after a failure, all relationships are gone through. */
    private static final Duration SOON = Duration.ofHours(1);

    /** Less than a day, so that who swept is not kept from it by its own lease the next day. */
    private static final Duration SWEPT = Duration.ofHours(23);

    private static final String SWEEP = "tiering/sweep";

    private final Residents residents;
    private final Addresses addresses;
    private final Tidying tidying;
    private final Vault vault;
    private final Users users;
    private final Staying staying;
    private final SoleWork soleWork;
    private final Budgets budgets;
    private final Worker worker;

    /** Of the worker alone. */
    private Instant nextSweep;

    Tiering(
            Residents residents,
            Addresses addresses,
            Tidying tidying,
            Vault vault,
            Users users,
            Staying staying,
            SoleWork soleWork,
            Budgets budgets) {
        this.residents = residents;
        this.addresses = addresses;
        this.tidying = tidying;
        this.vault = vault;
        this.users = users;
        this.staying = staying;
        this.soleWork = soleWork;
        this.budgets = budgets;
        this.nextSweep = budgets.clock().now().plus(SOON);
        this.worker = new Worker("tiering", this::due, this::background, this::sweepWhenDue);
    }

    /** Begins to work in the background. */
    void start() {
        worker.start(residents);
    }

    private boolean due(Resident resident) {
        Instant now = budgets.clock().now();
        return resident.upkeep().usedCold(now)
                || (resident.upkeep().isTime(now) && (resident.upkeep().leftOver() || staying.mayBeOld(resident, now)));
    }

    /** Moves all of a relationship that can be moved, now. How many steps it took. */
    public int tidy(String relationship) {
        RelationshipKey key = addresses.locate(relationship).key();
        return tidying.all(key, () -> addresses.lease(relationship), worker::closed);
    }

    /**
     * Goes through every relationship there is and moves what can be moved; how many steps it took. Reads a user's record
     * and two records of each relationship, and loads those in which something may be old, once a day.
     */
    public int sweep() {
        int steps = 0;
        for (Partition partition : vault.partitions(budgets.background())) {
            if (worker.closed() || partition.equals(Partition.SYSTEM)) {
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

    /**
     * Sweeps as goes on by itself once a day: of several servers on the same stores one, while its lease is not lost. A
     * sweep that fails is left to the others, or to the next day.
     */
    public int sweepOfTheDay() {
        SoleWork.Held work = soleWork.takeUp(Partition.SYSTEM, SWEEP, SWEPT);
        if (work == null) {
            return 0;
        }
        boolean swept = false;
        try {
            int steps = sweep();
            swept = !worker.closed();
            return steps;
        } finally {
            // Kept where all is done: that is what tells the others.
            if (!swept) {
                work.close();
            }
        }
    }

    private int sweep(Partition partition) {
        Users.Stored user = users.find(partition);
        int steps = 0;
        for (int ordinal = 0; user != null && ordinal < user.record().nextOrdinal(); ordinal++) {
            RelationshipKey key = new RelationshipKey(partition, ordinal);
            if (tidiedToday(key) || !mayBeOld(key)) {
                continue;
            }
            try {
                steps += tidying.all(key, () -> addresses.lease(key), worker::closed);
            } catch (Problem problem) {
                if (problem.code() != Code.NOT_FOUND) {
                    throw problem;
                }
            }
        }
        return steps;
    }

    private boolean tidiedToday(RelationshipKey key) {
        Entry entry = vault.get(key.partition(), key.uses(), budgets.store());
        if (entry == null) {
            return false;
        }
        Uses uses = new Uses();
        uses.read(entry.bytes());
        return uses.nextTidied().isAfter(budgets.clock().now());
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

    private void sweepWhenDue() {
        if (!budgets.clock().now().isBefore(nextSweep)) {
            nextSweep = budgets.clock().now().plus(swept() ? DAILY : SOON);
        }
    }

    private boolean swept() {
        try {
            int steps = sweepOfTheDay();
            log.info("Between the tiers {} steps were taken.", steps);
            return true;
        } catch (RuntimeException failure) {
            log.warn("Going through all relationships failed and is tried again in an hour: {}", failure.toString());
            return false;
        }
    }

    private void background(Resident resident) {
        try {
            int ignored = tidying.all(resident.key(), () -> addresses.lease(resident.key()), worker::closed);
        } catch (RuntimeException failure) {
            // Everything is where it was; the worker goes on.
            resident.upkeep().retryAfter(Tidying.again(budgets.clock().now()));
            if (!worker.closed()) {
                log.warn(
                        "Tidying partition {} failed and is tried again when it is next used: {}",
                        resident.key().partition(),
                        failure.toString());
            }
        }
    }

    /** Ends it; a step that is under way is waited for. */
    @Override
    public void close() {
        worker.close();
    }
}
