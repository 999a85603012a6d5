package dev.hearth.engine.turn;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.OpaqueNames;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Addresses;
import dev.hearth.engine.relationship.Journal;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.Residents;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns. Safe for many threads. */
public final class Turns {

    private static final Logger log = LoggerFactory.getLogger(Turns.class);
    private static final int TRIES = 3;
    private static final int MAX_TEXT = 32_768;
    private static final int MAX_KEY = 256;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Addresses addresses;
    private final Admission admission;
    private final TurnRun run;
    private final OwnModel ownModel;
    private final Asides asides;
    private final OpaqueNames names;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param patience how long a turn waits for the one before it
     */
    Turns(
            Addresses addresses,
            Admission admission,
            TurnRun run,
            OwnModel ownModel,
            Asides asides,
            OpaqueNames names,
            Duration patience,
            Clock clock) {
        this.addresses = addresses;
        this.admission = admission;
        this.run = run;
        this.ownModel = ownModel;
        this.asides = asides;
        this.names = names;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Takes one turn: blocks until it has ended, telling the listener what happens on the way. When this returns, the
     * turn is durable. Turns of one relationship are taken one at a time; a second waits, a third is refused with
     * {@code turn_in_progress}.
     */
    public TurnResult take(TurnRequest request, TurnListener listener) {
        requireText("text", request.text());
        requireTime(request.time());
        String idempotencyKey = request.idempotencyKey();
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY)) {
            throw Problem.invalid("An Idempotency-Key has 1 to 256 characters.");
        }
        return leased(request.relationship(), (resident, first) -> attempt(resident, request, first, listener));
    }

    /** What is done with a relationship, again where it was behind. */
    private interface Work<T> {
        T on(Resident resident, boolean first);
    }

    /** Works on the relationship as the store has it: loaded anew where another process wrote meanwhile. */
    private <T> T leased(String relationship, Work<T> work) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try (Residents.Lease lease = addresses.leaseToWrite(relationship)) {
                return work.on(lease.resident(), attempt == 0);
            } catch (Journal.Behind behind) {
                log.debug("A relationship was changed by another process; attempt {}.", attempt + 1);
            }
        }
        throw new Problem(
                Code.TURN_IN_PROGRESS, "This relationship is busy on other servers. Send it again in a moment.");
    }

    private TurnResult attempt(Resident resident, TurnRequest request, boolean first, TurnListener listener) {
        String key = request.idempotencyKey();
        if (key == null) {
            return run.take(resident, request, null, patience, listener);
        }
        String term = names.term(resident.key().partition(), "turn " + key);
        Deadline deadline = Deadline.after(clock, patience);
        while (true) {
            CountDownLatch mine = new CountDownLatch(1);
            CountDownLatch other = resident.turnsByKey().putIfAbsent(term, mine);
            if (other != null) {
                awaitSame(other, deadline);
                continue;
            }
            // Looked at anew each time: whoever was waited for has used the key.
            Admission.Named named = new Admission.Named(
                    term,
                    IdempotencyRecord.hash(
                            request.text(),
                            request.time() == null ? "" : request.time().toString()),
                    first && admission.far() && !resident.hasHeard(term));
            try {
                return run.take(resident, request, named, patience, listener);
            } finally {
                resident.turnsByKey().remove(term, mine);
                mine.countDown();
            }
        }
    }

    /** The same request is being answered already: its answer is this one's. */
    private static void awaitSame(CountDownLatch other, Deadline deadline) {
        try {
            if (other.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Problem(
                Code.TURN_IN_PROGRESS, "This very request is still being answered. Send it again in a moment.");
    }

    /**
     * Answers as a turn would, and remembers nothing: no turn, no message, no ledger. The request's idempotency key and
     * conversation are not looked at.
     *
     * @param listener hears the pieces of the reply on this thread; may throw {@link TurnListener.ClientGone}
     */
    public Aside unrecorded(TurnRequest request, Consumer<String> listener) {
        requireText("text", request.text());
        // It writes nothing that would tell that another process was faster.
        try (Residents.Lease lease = addresses.lease(request.relationship())) {
            return asides.unrecorded(lease.resident(), request, listener);
        }
    }

    /**
     * Does a text task of an application, such as a title for a conversation: outside of every relationship, without
     * persona or recall, and remembers nothing.
     *
     * @param task 1 to 32,768 characters
     */
    public Aside errand(String task, Framing framing, Consumer<String> listener) {
        requireText("task", task);
        return asides.errand(task, clock.now(), framing, listener);
    }

    /** The ledger of a turn of the last 30 days. */
    public TurnTrace trace(String turnId) {
        EntityId id = EntityId.parse(EntityId.Kind.TURN, turnId).orElseThrow(Turns::unknown);
        TurnRecord record = admission.find(RelationshipKey.of(id), id.ulid());
        if (record == null) {
            throw unknown();
        }
        return record.trace();
    }

    /** The prompt for a text, for an application that calls its own model. Stores nothing. */
    public ComposedContext context(String relationship, String text) {
        requireText("text", text);
        try (Residents.Lease lease = addresses.lease(relationship)) {
            return ownModel.context(lease.resident(), text);
        }
    }

    /** Records what came of a composed context. The same token is recorded once: again it answers the same turn. */
    public TurnResult record(String relationship, String contextToken, String text, String reply) {
        requireText("text", text);
        requireText("reply", reply);
        return leased(
                relationship, (resident, first) -> ownModel.record(resident, contextToken, text, reply, patience));
    }

    private static void requireText(String field, String text) {
        if (text.isBlank()) {
            throw Problem.invalid(field + " is empty: it has at least one character that is not a space.");
        }
        if (text.length() > MAX_TEXT) {
            throw new Problem(
                    Code.TOO_LARGE, field + " has " + text.length() + " characters; at most 32,768 are taken.");
        }
    }

    private static void requireTime(@Nullable Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw Problem.invalid("time lies between the years 1 and 9999.");
        }
    }

    private static Problem unknown() {
        return Problem.notFound("There is no such turn. A turn's ledger is kept for 30 days.");
    }
}
