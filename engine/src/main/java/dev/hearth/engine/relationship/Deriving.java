package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Facts made from what the user said in sessions that are over: which messages wait to be asked about, and the one
 * write that stores the facts, what they were made from, and how far this has come. So nothing is asked about twice, and
 * nothing is passed over, whenever the process dies.
 */
public final class Deriving {

    private static final int FORMAT = 1;
    private static final int PAGE = 200;

    private final Vault vault;
    private final History history;
    private final Journal journal;
    private final Sessions sessions;
    private final Users users;
    private final Budgets budgets;
    private final RandomGenerator random;

    Deriving(
            Vault vault,
            History history,
            Journal journal,
            Sessions sessions,
            Users users,
            Budgets budgets,
            RandomGenerator random) {
        this.vault = vault;
        this.history = history;
        this.journal = journal;
        this.sessions = sessions;
        this.users = users;
        this.budgets = budgets;
        this.random = random;
    }

    /**
     * Messages of turns that wait, oldest first.
     *
     * @param after the last seq that was seen before
     */
    public record Waiting(long after, List<StoredMessage> messages) {
        public Waiting {
            messages = List.copyOf(messages);
        }
    }

    /** A fact, and the message of the user's that it was made from. */
    public record Fact(String text, StoredMessage source) {}

    /**
     * What is stored of one step.
     *
     * @param after the last seq that was seen before
     * @param until the last seq that is seen with it
     * @param facts at most 20, of one message at most 10
     * @param refused how many facts were refused
     * @param turn the last turn that was asked about; null where nobody was asked
     */
    public record Step(
            long after,
            long until,
            List<Fact> facts,
            int refused,
            @Nullable EntityId turn) {
        public Step {
            facts = List.copyOf(facts);
        }
    }

    /**
     * Whether messages of turns may wait, as far as memory knows; costs nothing. The last message does not count while it
     * has no reply: its turn may still be taken up, if nothing comes behind it.
     */
    public boolean mayWait(Resident resident) {
        StoredMessage newest = resident.newestRecallable();
        return newest != null && newest.seq() > resident.extractedTo() && settled(resident);
    }

    private static boolean settled(Resident resident) {
        Head head = resident.head();
        StoredMessage newest = resident.newestOfTurns();
        boolean unanswered = newest != null
                && newest.origin() == StoredMessage.Origin.USER_TURN
                && newest.seq() == head.nextSeq() - 1;
        return head.claim() == null && !unanswered;
    }

    /** When the running session is over, if nothing more is said. */
    public Instant over(Resident resident) {
        Instant last = resident.head().session().lastAt();
        Instant now = budgets.clock().now();
        Duration gap = sessions.gap().plusMillis(1);
        return last == null || last.isAfter(now) ? now.plus(gap) : last.plus(gap);
    }

    /** The next messages of turns in sessions that are over; up to 200. */
    public Waiting waiting(Resident resident) {
        long after = extractedTo(resident);
        List<StoredMessage> found = new ArrayList<>();
        if (!mayWait(resident)) {
            return new Waiting(after, found);
        }
        Head head = resident.head();
        boolean ended = sessions.ended(head, budgets.clock().now());
        long from = after + 1;
        List<StoredMessage> run;
        do {
            run = history.said(resident.key(), from, PAGE, true);
            for (StoredMessage message : run) {
                boolean ofTurn = message.turn() != null && message.recallable();
                if (ofTurn && message.session() == head.session().ordinal() && !ended) {
                    return new Waiting(after, found);
                }
                if (ofTurn && found.size() < PAGE) {
                    found.add(message);
                }
            }
            from = run.isEmpty() ? from : run.getLast().seq() + 1;
        } while (run.size() == PAGE && found.size() < PAGE);
        return new Waiting(after, found);
    }

    private long extractedTo(Resident resident) {
        if (resident.extractedTo() == Resident.UNKNOWN) {
            RelationshipKey key = resident.key();
            Entry entry = vault.get(key.partition(), key.extraction(), budgets.store());
            resident.readExtractedTo(
                    entry == null
                            ? 0
                            : new RecordReader(entry.bytes()).supporting(FORMAT).number());
        }
        return resident.extractedTo();
    }

    /**
     * Stores one step. The facts that became memories; null where the relationship has gone on meanwhile, so that nothing
     * was stored and the messages wait still. A fact whose message was forgotten meanwhile is refused.
     *
     * @param batch what else goes into the write
     * @throws Journal.Behind where another process was faster
     */
    public @Nullable List<StoredMessage> store(Resident resident, Step step, Batch batch) {
        ZoneId zone = users.zone(resident.key().partition());
        resident.enter(budgets.background());
        try {
            if (resident.stale()) {
                throw new Journal.Behind();
            }
            if (extractedTo(resident) != step.after() || !settled(resident)) {
                return null;
            }
            return write(resident, step, zone, batch);
        } finally {
            resident.leave();
        }
    }

    private List<StoredMessage> write(Resident resident, Step step, ZoneId zone, Batch batch) {
        RelationshipKey key = resident.key();
        Head head = resident.head();
        Keeping keeping = journal.keeping(resident);
        List<StoredMessage> kept = new ArrayList<>();
        Map<Long, StoredMessage> sources = sources(resident, step.facts());
        for (Fact fact : step.facts()) {
            StoredMessage source = sources.get(fact.source().seq());
            if (source == null || !source.equals(fact.source())) {
                continue;
            }
            StoredMessage message = stored(head.nextSeq() + kept.size(), fact).timed(zone);
            if (keeping.derive(message, source)) {
                kept.add(message);
            }
        }
        if (!kept.isEmpty()) {
            batch.create(key.messages(head.nextSeq()), new MessageBlock(kept).encode());
        }
        keeping.into(batch);
        // Nobody writes it but with the head, whose revision is the condition of this write.
        batch.put(
                key.extraction(),
                resident.revision() + 1,
                new RecordWriter(FORMAT).number(step.until()).toBytes(),
                null);
        int refused = step.refused() + step.facts().size() - kept.size();
        EntityId turn = step.turn();
        List<Happening> happenings = turn == null || kept.size() + refused == 0
                ? List.of()
                : List.of(Happening.extracted(turn, kept.size(), refused));
        journal.advance(resident, head.derived(kept.size(), keeping.memories()), batch, happenings);
        resident.extractedTo(step.until());
        keeping.settle();
        if (!kept.isEmpty()) {
            resident.admit(kept);
        }
        return kept;
    }

    private Map<Long, StoredMessage> sources(Resident resident, List<Fact> facts) {
        TreeSet<Long> seqs = new TreeSet<>();
        facts.forEach(fact -> seqs.add(fact.source().seq()));
        return seqs.isEmpty() ? Map.of() : history.read(resident, seqs, budgets.store());
    }

    private StoredMessage stored(long seq, Fact fact) {
        return new StoredMessage(
                seq,
                budgets.clock().now().toEpochMilli(),
                random.nextInt(EntityId.SALTS),
                StoredMessage.Origin.DERIVED,
                fact.source().speaker(),
                StoredMessage.NO_SESSION,
                fact.text(),
                fact.source().said(),
                null,
                null,
                0,
                false);
    }
}
