package dev.hearth.engine.turn;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Head;
import dev.hearth.engine.relationship.Journal;
import dev.hearth.engine.relationship.Keeping;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.MessageBlock;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.scope.Scope;
import dev.hearth.spi.ChatReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Ends a turn: the second conditional write, with the reply, the ledger and the claim given back. */
final class Commit {

    private final Journal journal;
    private final Budgets budgets;
    private final RandomGenerator random;

    Commit(Journal journal, Budgets budgets, RandomGenerator random) {
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

    /** The stored reply, or null where the turn has none. */
    @Nullable
    StoredMessage commit(
            Resident resident, String turn, StoredMessage message, Setting setting, Ending ending, Ledger ledger) {
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
                ending.usage());
        TurnRecord record = new TurnRecord(
                trace,
                message.seq(),
                reply == null ? 0 : reply.seq(),
                ending.failure(),
                ending.conversation(),
                ending.finish());
        batch.put(key.turn(turn), 2, record.encode(), Admission.keptUntil(now));
        try {
            // In a thread of its own: a client that leaves now interrupts the turn's, and must not cut the write off.
            Head next = next(head, message, ending, now);
            Scope.outliving("commit", budgets.clock(), () -> {
                        journal.advance(
                                resident,
                                reply == null ? next : next.appended(1, keeping.memories()),
                                batch,
                                List.of(TurnTold.of(key, turn, ending.status(), message, reply)));
                        return true;
                    })
                    .join();
        } catch (Journal.Behind behind) {
            throw new Problem(
                    Code.CONFLICT,
                    "The relationship was changed by another server during this turn, which was not completed. The"
                            + " message is kept; send it again with the same Idempotency-Key.",
                    behind);
        }
        if (reply != null) {
            keeping.settle();
            resident.admit(List.of(reply));
        }
        return reply;
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
