package dev.hearth.engine.turn;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Addresses;
import dev.hearth.engine.relationship.Claim;
import dev.hearth.engine.relationship.Head;
import dev.hearth.engine.relationship.Journal;
import dev.hearth.engine.relationship.Keeping;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.MessageBlock;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.Residents;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.scope.Scope;
import dev.hearth.spi.ChatReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a turn: the second conditional write, with the reply, the ledger and the claim given back. */
final class Commit {

    private static final Logger log = LoggerFactory.getLogger(Commit.class);

    private static final int TRIES = 4;

    private final Addresses addresses;
    private final Journal journal;
    private final Budgets budgets;
    private final RandomGenerator random;

    Commit(Addresses addresses, Journal journal, Budgets budgets, RandomGenerator random) {
        this.addresses = addresses;
        this.journal = journal;
        this.budgets = budgets;
        this.random = random;
    }

    /**
     * What is to be stored of a turn's end.
     *
     * @param reply the words, null for none
     * @param windowFrom where the next prompt's history begins, 0 to leave it
     * @param conversation the client's own, null where it kept none
     */
    record Ending(
            Message.Status status,
            String voice,
            @Nullable String reply,
            TurnUsage usage,
            long windowFrom,
            TurnRecord.@Nullable Failure failure,
            @Nullable ClientConversation conversation,
            ChatReply.Finish finish) {}

    /**
     * A turn that has ended durably.
     *
     * @param resident the relationship in memory that it was written to
     * @param reply null where the turn has none
     */
    record Committed(Resident resident, @Nullable StoredMessage reply) {}

    /** Ends the turn that {@code resident} has open; the caller holds its turnstile. */
    Committed commit(
            Resident resident, String turn, StoredMessage message, Setting setting, Ending ending, Ledger ledger) {
        // In a thread of its own: a client that leaves now interrupts the turn's, and must not cut the write off.
        return Scope.outliving("commit", budgets.clock(), () -> {
                    try {
                        return write(resident, turn, message, setting, ending, ledger);
                    } catch (Journal.Behind behind) {
                        return again(resident.key(), turn, message, setting, ending, ledger);
                    }
                })
                .join();
    }

    /**
     * Another process changed the relationship during the turn: pinned a memory, folded a segment. The reply is paid for,
     * so it is written to what the relationship is now, as long as the turn is still open there.
     */
    private Committed again(
            RelationshipKey key, String turn, StoredMessage message, Setting setting, Ending ending, Ledger ledger) {
        for (int attempt = 1; attempt < TRIES; attempt++) {
            try (Residents.Lease lease = addresses.leaseToWrite(key)) {
                Resident fresh = lease.resident();
                fresh.enter(budgets.store());
                try {
                    Claim claim = fresh.head().claim();
                    if (claim == null || !claim.turn().equals(turn)) {
                        break;
                    }
                    return write(fresh, turn, message, setting, ending, ledger);
                } finally {
                    fresh.leave();
                }
            } catch (Journal.Behind behind) {
                log.debug("A turn's end met a change of another process; attempt {}.", attempt);
            }
        }
        throw new Problem(
                Code.CONFLICT,
                "The relationship was changed by another server during this turn, which was not completed. The"
                        + " message is kept; send it again with the same Idempotency-Key.");
    }

    private Committed write(
            Resident resident, String turn, StoredMessage message, Setting setting, Ending ending, Ledger ledger) {
        if (resident.stale()) {
            throw new Journal.Behind();
        }
        RelationshipKey key = resident.key();
        Instant now = budgets.clock().now();
        Head head = resident.head();
        StoredMessage reply = ending.reply() == null ? null : reply(head, turn, message, setting, ending, now);
        Batch batch = new Batch();
        Keeping keeping = journal.keeping(resident);
        if (reply != null) {
            keeping.add(reply);
            keeping.into(batch);
            batch.create(key.messages(reply.seq()), new MessageBlock(List.of(reply)).encode());
        }
        TurnTrace trace = new TurnTrace(
                        turnId(key, turn),
                        ending.status(),
                        ending.voice(),
                        ledger.steps(),
                        ledger.sections(),
                        ledger.recalled(),
                        ledger.degraded(),
                        ending.usage())
                .carriedOver(ledger.carriedOver());
        TurnRecord record = new TurnRecord(
                trace,
                message.seq(),
                reply == null ? 0 : reply.seq(),
                ending.failure(),
                ending.conversation(),
                ending.finish());
        batch.put(key.turn(turn), 2, record.encode(), Admission.keptUntil(now));
        Head next = next(head, message, ending, now);
        journal.advance(
                resident,
                reply == null ? next : next.appended(1, keeping.memories()),
                batch,
                List.of(TurnTold.of(key, turn, ending.status(), message, reply)));
        if (reply != null) {
            keeping.settle();
            resident.admit(List.of(reply));
        }
        return new Committed(resident, reply);
    }

    private static Head next(Head head, StoredMessage message, Ending ending, Instant now) {
        Head next = head.withClaim(null)
                .withSession(head.session().at(repliedAt(message, now), Math.min(ending.windowFrom(), head.nextSeq())));
        return ending.status() == Message.Status.COMPLETED ? next.withTurnAt(now) : next;
    }

    /** A reply is said as long after the message as it took, on the message's own clock. */
    private static Instant repliedAt(StoredMessage message, Instant now) {
        Duration took = Duration.between(Instant.ofEpochMilli(message.storedAt()), now);
        return took.isNegative() ? message.said() : message.said().plus(took);
    }

    private StoredMessage reply(
            Head head, String turn, StoredMessage message, Setting setting, Ending ending, Instant now) {
        return new StoredMessage(
                        head.nextSeq(),
                        now.toEpochMilli(),
                        random.nextInt(EntityId.SALTS),
                        ending.status() == Message.Status.COMPLETED
                                ? StoredMessage.Origin.COMPANION_TURN
                                : StoredMessage.Origin.COMPANION_INTERRUPTED,
                        setting.companion().name(),
                        message.session(),
                        java.util.Objects.requireNonNull(ending.reply()),
                        repliedAt(message, now),
                        turn,
                        null,
                        0,
                        false)
                .timed(setting.zone());
    }

    static String turnId(RelationshipKey key, String turn) {
        return EntityId.parseUlid(EntityId.Kind.TURN, key.partition(), turn)
                .orElseThrow(() -> new IllegalStateException("A turn has a broken id."))
                .toString();
    }
}
