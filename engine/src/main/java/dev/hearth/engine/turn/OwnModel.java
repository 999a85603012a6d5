package dev.hearth.engine.turn;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
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
import dev.hearth.spi.ChatRequest;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** For applications that call their own model: composes the prompt, and records what came of it in one write. */
final class OwnModel {

    private static final String VOICE = "external";

    private final Vault vault;
    private final Journal journal;
    private final Admission admission;
    private final Gathering gathering;
    private final Composition composition;
    private final Afterwards afterwards;
    private final History history;
    private final Sessions sessions;
    private final Companions companions;
    private final Users users;
    private final RandomGenerator random;
    private final Clock clock;

    OwnModel(
            Vault vault,
            Journal journal,
            Admission admission,
            Gathering gathering,
            Composition composition,
            Afterwards afterwards,
            History history,
            Sessions sessions,
            Companions companions,
            Users users,
            RandomGenerator random,
            Clock clock) {
        this.vault = vault;
        this.journal = journal;
        this.admission = admission;
        this.gathering = gathering;
        this.composition = composition;
        this.afterwards = afterwards;
        this.history = history;
        this.sessions = sessions;
        this.companions = companions;
        this.users = users;
        this.random = random;
        this.clock = clock;
    }

    /** A composed prompt with what it was composed at. */
    private record Prepared(Composition.Composed composed, Instant now, long windowFrom, Ledger ledger) {}

    /** The request of a turn that is not going to be recorded. */
    ChatRequest unrecorded(Resident resident, String text, Framing framing) {
        return prepare(resident, text, framing).composed().request();
    }

    private Prepared prepare(Resident resident, String text, Framing framing) {
        Ledger ledger = new Ledger(clock);
        Setting setting = Setting.read(resident, companions, users, clock);
        Instant now = clock.now();
        Head.Session session = session(resident, setting, now);
        List<StoredMessage> before = composition.history(
                setting,
                resident.window().stream()
                        .filter(message -> message.seq() >= session.windowFrom())
                        .toList());
        Gathering.Gathered gathered = gathering.gather(
                resident,
                text,
                StoredMessage.spoken(setting.user().displayName(), text),
                now,
                setting.zone(),
                setting.plan().memories(),
                Composition.held(before),
                ledger);
        Composition.Composed composed =
                composition.compose(resident, setting, session.profile(), before, gathered, framing, text, now, ledger);
        return new Prepared(
                composed, now, before.isEmpty() ? 0 : before.getFirst().seq(), ledger);
    }

    ComposedContext context(Resident resident, String text) {
        RelationshipKey key = resident.key();
        Prepared prepared = prepare(resident, text, Framing.NONE);
        Instant now = prepared.now();
        prepared.composed().told(resident, now, now);
        Ledger ledger = prepared.ledger();
        EntityId id = EntityId.of(EntityId.Kind.TURN, key.partition(), now, key.ordinal(), random.nextLong());
        TurnTrace trace = new TurnTrace(
                        id.toString(),
                        Message.Status.OPEN,
                        VOICE,
                        ledger.steps(),
                        ledger.sections(),
                        ledger.recalled(),
                        ledger.degraded(),
                        TurnUsage.NONE)
                .carriedOver(ledger.carriedOver());
        ContextToken token = new ContextToken(
                now,
                IdempotencyRecord.hash(text),
                prepared.windowFrom(),
                new TurnRecord(trace, 0, 0, null, null, ChatReply.Finish.STOP));
        return new ComposedContext(
                token.seal(vault, key),
                prepared.composed().prompt().messages(),
                prepared.composed().request().maxTokens(),
                ledger.recalled().stream().map(TurnTrace.Recalled::memoryId).toList(),
                ledger.sections(),
                ledger.degraded());
    }

    private Head.Session session(Resident resident, Setting setting, Instant now) {
        Head head = resident.head();
        return sessions.live(head, now, resident.carriedFrom(), setting.profile());
    }

    TurnResult record(Resident resident, String contextToken, String text, String reply, Duration patience) {
        RelationshipKey key = resident.key();
        Instant now = clock.now();
        ContextToken token = ContextToken.open(vault, key, contextToken, now);
        if (!MessageDigest.isEqual(token.textHash(), IdempotencyRecord.hash(text))) {
            throw Problem.invalid("text is not the one this context_token was composed for.");
        }
        EntityId id = EntityId.parse(EntityId.Kind.TURN, token.opened().trace().id())
                .orElseThrow(() -> new IllegalStateException("A context token names no turn."));
        resident.enterTurn(Deadline.after(clock, patience));
        try {
            if (resident.stale()) {
                throw new Journal.Behind();
            }
            TurnRecord before = admission.find(key, id.ulid());
            if (before != null) {
                return again(resident, before, reply);
            }
            admission.requireFree(resident, now);
            Setting setting = Setting.read(resident, companions, users, clock);
            Head.Session session = session(resident, setting, now);
            long seq = resident.head().nextSeq();
            StoredMessage message = message(
                            StoredMessage.Origin.USER_TURN,
                            seq,
                            setting.user().displayName(),
                            text,
                            id.ulid(),
                            session,
                            now)
                    .timed(setting.zone());
            StoredMessage answer = message(
                            StoredMessage.Origin.COMPANION_TURN,
                            seq + 1,
                            setting.companion().name(),
                            reply,
                            id.ulid(),
                            session,
                            now)
                    .timed(setting.zone());
            TurnRecord record = new TurnRecord(
                    token.opened().trace().as(Message.Status.COMPLETED),
                    seq,
                    seq + 1,
                    null,
                    null,
                    ChatReply.Finish.STOP);
            Batch batch = new Batch()
                    .create(key.messages(seq), new MessageBlock(List.of(message)).encode())
                    .create(key.messages(seq + 1), new MessageBlock(List.of(answer)).encode())
                    .create(key.turn(id.ulid()), record.encode(), Admission.keptUntil(now));
            List<Happening> happenings = new ArrayList<>(
                    admission.closeAbandoned(key, resident.head().claim(), batch));
            happenings.add(TurnTold.of(key, id.ulid(), Message.Status.COMPLETED, message, answer));
            Keeping keeping = journal.keeping(resident);
            keeping.add(message);
            keeping.add(answer);
            keeping.into(batch);
            Head head = resident.head()
                    .withSession(session.at(now, token.windowFrom()))
                    .withClaim(null)
                    .appended(2, keeping.memories())
                    .withTurnAt(now);
            journal.advance(resident, head, batch, happenings);
            keeping.settle();
            resident.admit(List.of(message));
            resident.admit(List.of(answer));
            afterwards.embed(resident, message);
            afterwards.embed(resident, answer);
            return TurnEnding.answer(resident, record, answer, false);
        } finally {
            resident.leave();
        }
    }

    private TurnResult again(Resident resident, TurnRecord before, String reply) {
        StoredMessage stored = history.find(resident.key(), before.replySeq());
        if (stored != null && !stored.deleted() && !stored.text().equals(reply)) {
            throw new Problem(
                    Code.IDEMPOTENCY_MISMATCH,
                    "This context_token was recorded with another reply. A token records one turn: compose the context"
                            + " anew for another.");
        }
        return TurnEnding.answer(resident, before, stored, true);
    }

    private StoredMessage message(
            StoredMessage.Origin origin,
            long seq,
            @Nullable String speaker,
            String text,
            String turn,
            Head.Session session,
            Instant now) {
        return new StoredMessage(
                seq,
                now.toEpochMilli(),
                random.nextInt(EntityId.SALTS),
                origin,
                speaker,
                session.ordinal(),
                text,
                now,
                turn,
                null,
                0,
                false);
    }
}
