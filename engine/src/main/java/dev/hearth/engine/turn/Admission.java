package dev.hearth.engine.turn;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Claim;
import dev.hearth.engine.relationship.Forgetting;
import dev.hearth.engine.relationship.Happening;
import dev.hearth.engine.relationship.Head;
import dev.hearth.engine.relationship.History;
import dev.hearth.engine.relationship.Journal;
import dev.hearth.engine.relationship.Keeping;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.MessageBlock;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.Sessions;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.spi.ChatReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets a turn in: the first conditional write, with the user's message, the idempotency key and the claim. Or finds
 * that the turn was taken before. The caller holds the relationship's turnstile.
 */
final class Admission {

    static final TurnRecord.Failure ABANDONED = new TurnRecord.Failure(
            Code.CONFLICT,
            "This turn was never finished, since the server stopped or could not store it, and others were taken since."
                    + " The message is kept; to have it answered, send it anew with another Idempotency-Key.");
    private static final Duration TRACE_KEPT = Duration.ofDays(30);
    private static final Duration KEY_KEPT = Duration.ofHours(24);

    private final Vault vault;
    private final Journal journal;
    private final History history;
    private final Forgetting forgetting;
    private final Sessions sessions;
    private final Budgets budgets;
    private final RandomGenerator random;
    private final long node;
    private final Duration claimed;
    /** The turns that this process is taking. */
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /**
     * @param claimed how long a turn may take before others take over
     */
    Admission(
            Vault vault,
            Journal journal,
            History history,
            Forgetting forgetting,
            Sessions sessions,
            Budgets budgets,
            RandomGenerator random,
            Duration claimed) {
        this.vault = vault;
        this.journal = journal;
        this.history = history;
        this.forgetting = forgetting;
        this.sessions = sessions;
        this.budgets = budgets;
        this.random = random;
        this.node = random.nextLong();
        this.claimed = claimed;
    }

    /** How an admission ended. */
    sealed interface Outcome {
        /** The turn is open; {@code message} is durable. */
        record Open(String turn, StoredMessage message) implements Outcome {}

        /** The same turn was taken before. */
        record Ended(TurnRecord record) implements Outcome {}
    }

    /**
     * What an idempotency key names: its term in the store and the hash of the body.
     *
     * @param unheard whether nothing speaks for that the key was used before: then the first write finds out, which saves
     *     reads of a store that is far
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared as a record
    record Named(String term, byte[] bodyHash, boolean unheard) {
        /** The same to be looked up. */
        Named looked() {
            return new Named(term, bodyHash, false);
        }
    }

    /** The turn that was taken under this name, or null. */
    @Nullable
    TurnRecord taken(RelationshipKey key, @Nullable Named named) {
        if (named == null || named.unheard()) {
            return null;
        }
        Entry entry = vault.get(key.partition(), key.idempotency(named.term()), budgets.store());
        if (entry == null) {
            return null;
        }
        IdempotencyRecord record = IdempotencyRecord.decode(entry.bytes());
        record.require(named.bodyHash());
        return find(key, record.turn());
    }

    /** Whether the store is one that other servers share. */
    boolean far() {
        return !vault.exclusive();
    }

    @Nullable
    TurnRecord find(RelationshipKey key, String turn) {
        Entry entry = vault.get(key.partition(), key.turn(turn), budgets.store());
        return entry == null ? null : TurnRecord.decode(entry.bytes());
    }

    Outcome admit(Resident resident, Setting setting, TurnRequest request, Instant said, @Nullable Named named) {
        RelationshipKey key = resident.key();
        Head head = resident.head();
        Instant now = budgets.clock().now();
        requireFree(resident, now);
        TurnRecord before = taken(key, named);
        if (before != null) {
            return again(resident, before, now);
        }
        EntityId id = EntityId.of(EntityId.Kind.TURN, key.partition(), now, key.ordinal(), random.nextLong());
        String turn = id.ulid();
        Head.Session session = sessions.live(head, said, resident.carriedFrom(), setting.profile());
        StoredMessage message = new StoredMessage(
                        head.nextSeq(),
                        now.toEpochMilli(),
                        random.nextInt(EntityId.SALTS),
                        StoredMessage.Origin.USER_TURN,
                        setting.user().displayName(),
                        session.ordinal(),
                        request.text(),
                        said,
                        turn,
                        null,
                        0,
                        false)
                .timed(setting.zone());
        ClientConversation conversation = request.framing().conversation();
        TurnRecord open = new TurnRecord(opened(id), message.seq(), 0, null, conversation, ChatReply.Finish.STOP);
        Batch batch = new Batch()
                .create(key.messages(message.seq()), new MessageBlock(List.of(message)).encode())
                .create(key.turn(turn), open.encode(), now.plus(TRACE_KEPT));
        if (named != null) {
            resident.heard(named.term());
            batch.create(
                    key.idempotency(named.term()),
                    new IdempotencyRecord(named.bodyHash(), turn).encode(),
                    now.plus(KEY_KEPT));
        }
        List<Happening> happenings = new ArrayList<>(closeAbandoned(key, head.claim(), batch));
        Keeping keeping = journal.keeping(resident);
        Head next = head.withSession(session).withClaim(claim(turn, now));
        List<StoredMessage> erased = replaced(resident, conversation, batch, keeping);
        next = next.without(erased);
        for (StoredMessage replaced : erased) {
            boolean memory = resident.index().live(replaced.seq());
            if (memory) {
                happenings.add(Happening.of(
                        Happening.Type.MEMORY_DELETED,
                        replaced.id(EntityId.Kind.MEMORY, key.partition(), key.ordinal())));
            }
        }
        keeping.add(message);
        keeping.into(batch);
        journal.advance(resident, next.appended(1, keeping.memories()), batch, happenings);
        keeping.settle();
        resident.admit(List.of(message));
        running.add(turn);
        return new Outcome.Open(turn, message);
    }

    /** The last turn, if the client sends it once more: erased by this very write, with the facts made from it. */
    private List<StoredMessage> replaced(
            Resident resident, @Nullable ClientConversation conversation, Batch batch, Keeping keeping) {
        List<StoredMessage> window = resident.window();
        StoredMessage last = window.isEmpty() ? null : window.getLast();
        if (conversation == null || last == null || last.turn() == null) {
            return List.of();
        }
        TurnRecord before = find(resident.key(), last.turn());
        ClientConversation earlier = before == null ? null : before.conversation();
        if (before == null || earlier == null) {
            return List.of();
        }
        // Where a turn failed, the client may never have shown its message: other words are a new message then.
        boolean edited = conversation.edits(earlier) && before.trace().status() == Message.Status.COMPLETED;
        if (!conversation.repeats(earlier) && !edited) {
            return List.of();
        }
        List<Long> seqs =
                before.replySeq() == 0 ? List.of(before.userSeq()) : List.of(before.userSeq(), before.replySeq());
        return seqs.getLast() == last.seq() ? forgetting.erase(resident, seqs, batch, keeping) : List.of();
    }

    /**
     * A turn that was let in before. One that ended is answered again. One that never ended (its process died), or
     * that failed and is still the last thing that happened, is taken up where it stood: its message is there already.
     */
    private Outcome again(Resident resident, TurnRecord before, Instant now) {
        RelationshipKey key = resident.key();
        boolean open = before.trace().status() == Message.Status.OPEN;
        if (!open && before.trace().status() != Message.Status.FAILED) {
            return new Outcome.Ended(before);
        }
        StoredMessage message = history.find(key, before.userSeq());
        boolean last = resident.head().nextSeq() == before.userSeq() + 1;
        String turn = message == null ? null : message.turn();
        if (last && message != null && turn != null && !message.deleted()) {
            journal.advance(resident, resident.head().withClaim(claim(turn, now)), new Batch());
            running.add(turn);
            return new Outcome.Open(turn, message);
        }
        if (!open || message == null || turn == null) {
            return new Outcome.Ended(before);
        }
        TurnRecord failed = before.failed(ABANDONED);
        Batch batch = new Batch().put(key.turn(turn), 2, failed.encode(), keptUntil(now));
        journal.advance(resident, resident.head().withClaim(null), batch, List.of(TurnTold.failed(key, turn)));
        return new Outcome.Ended(failed);
    }

    /** Takes note that a turn that was opened here has ended, however it did. */
    void ended(String turn) {
        running.remove(turn);
    }

    /**
     * Of this process no turn is open while the turnstile is held, unless the relationship was loaded anew under one;
     * another's counts until it expires.
     */
    void requireFree(Resident resident, Instant now) {
        Claim claim = resident.head().claim();
        if (claim != null && running.contains(claim.turn())) {
            throw new Problem(
                    Code.TURN_IN_PROGRESS,
                    "This relationship is busy with another turn. Turns are taken one after the other: send the next when"
                            + " the present one has been answered.");
        }
        if (claim != null
                && claim.node() != node
                && !vault.exclusive()
                && claim.expiresAt().isAfter(now)) {
            // Memory may hold a claim that was given back long ago.
            journal.requireCurrent(resident);
            throw new Problem(
                    Code.TURN_IN_PROGRESS,
                    "This relationship is busy with a turn on another server. Send it again in a moment.");
        }
    }

    /** A turn whose process died, or that could not be stored, ends here as failed; its message stays. */
    List<Happening> closeAbandoned(RelationshipKey key, @Nullable Claim claim, Batch batch) {
        TurnRecord abandoned = claim == null ? null : find(key, claim.turn());
        if (claim == null || abandoned == null) {
            return List.of();
        }
        batch.put(
                key.turn(claim.turn()),
                2,
                abandoned.failed(ABANDONED).encode(),
                keptUntil(budgets.clock().now()));
        return List.of(TurnTold.failed(key, claim.turn()));
    }

    private Claim claim(String turn, Instant now) {
        return new Claim(turn, node, now.plus(claimed));
    }

    private static TurnTrace opened(EntityId id) {
        return new TurnTrace(
                id.toString(), Message.Status.OPEN, "", List.of(), List.of(), List.of(), List.of(), TurnUsage.NONE);
    }

    /** Until when a turn's ledger is kept. */
    static Instant keptUntil(Instant now) {
        return now.plus(TRACE_KEPT);
    }
}
