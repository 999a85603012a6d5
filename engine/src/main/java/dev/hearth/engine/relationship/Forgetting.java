package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.spi.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Deletes and corrects single messages, in segments too: words and vectors are rewritten away in the write that hides
 * them, and a correction is stored in that same write.
 */
public final class Forgetting {

    /** With three records each, and what rides along, within the limit of a write. */
    private static final int ERASED_A_WRITE = 16;

    private final Vault vault;
    private final History history;
    private final Archive archive;
    private final HotCopies copies;
    private final Thaw thaw;
    private final Demotion demotion;
    private final Journal journal;
    private final Sessions sessions;
    private final Users users;
    private final Budgets budgets;
    private final RandomGenerator random;

    Forgetting(
            Vault vault,
            History history,
            Archive archive,
            HotCopies copies,
            Thaw thaw,
            Demotion demotion,
            Journal journal,
            Sessions sessions,
            Users users,
            Budgets budgets,
            RandomGenerator random) {
        this.vault = vault;
        this.history = history;
        this.archive = archive;
        this.copies = copies;
        this.thaw = thaw;
        this.demotion = demotion;
        this.journal = journal;
        this.sessions = sessions;
        this.users = users;
        this.budgets = budgets;
        this.random = random;
    }

    /** How much of a memory that was said more than once is forgotten. */
    public enum Extent {
        /** All that was folded into it. */
        MEMORY,
        /** Only the one message: where it was the memory, the next that says the same takes its place. */
        MESSAGE
    }

    /** Forgets the message at {@code seq} if it is the one that is meant; false where there is none such. */
    public boolean forget(Resident resident, long seq, Predicate<StoredMessage> meant, Extent extent) {
        ColdBeside beside = readBefore(resident, seq);
        try {
            return held(resident, budgets.background(), () -> forget(resident, seq, meant, extent, beside));
        } finally {
            beside.removeReplaced(resident.key(), archive);
        }
    }

    private boolean forget(
            Resident resident, long seq, Predicate<StoredMessage> meant, Extent extent, ColdBeside beside) {
        StoredMessage message = find(resident, seq);
        if (message == null || message.deleted() || !meant.test(message)) {
            return false;
        }
        thaw.bring(resident, List.of(seq), budgets.background());
        Long folded = resident.keptBy(seq);
        long kept = extent == Extent.MESSAGE || folded == null ? seq : folded;
        if (extent == Extent.MEMORY) {
            forgetCopies(resident, kept, beside);
        }
        Batch batch = new Batch();
        Keeping keeping = journal.keeping(resident);
        List<StoredMessage> erased = erase(resident, List.of(kept), batch, keeping, beside);
        if (erased.isEmpty()) {
            return false;
        }
        Head head = resident.head().without(erased);
        keeping.into(batch);
        journal.advance(
                resident, head.appended(0, keeping.memories()), batch, deleted(resident, erased.getFirst(), erased));
        keeping.settle();
        return true;
    }

    /** Reads what is cold of what a message's erasure may take with it, before anybody has to wait for that. */
    private ColdBeside readBefore(Resident resident, long seq) {
        Long folded = resident.keptBy(seq);
        long kept = folded == null ? seq : folded;
        Set<Long> touched = new LinkedHashSet<>(List.of(seq, kept));
        touched.addAll(resident.index().standing(kept).copies());
        for (long source : List.copyOf(touched)) {
            touched.addAll(resident.derivedFrom(source));
        }
        return new ColdBeside(thaw.read(resident, touched, budgets.background()));
    }

    /** A message, from memory where it was brought in; null where there is none. */
    private @Nullable StoredMessage find(Resident resident, long seq) {
        StoredMessage here = resident.cold().message(seq);
        return here == null ? history.find(resident.key(), seq) : here;
    }

    /** Tells of a memory that is gone, and of the facts that went with it. */
    private static List<Happening> deleted(
            Resident resident, @Nullable StoredMessage memory, List<StoredMessage> erased) {
        return erased.stream()
                .filter(gone -> gone.equals(memory) || gone.derived())
                .map(gone -> Happening.of(Happening.Type.MEMORY_DELETED, memory(resident, gone)))
                .toList();
    }

    /** The last of these copies, as many as one write erases with the facts that were made from them. */
    private static List<Long> some(Resident resident, List<Long> copies) {
        int from = copies.size();
        int records = 0;
        do {
            from--;
            records += 1 + resident.derivedFrom(copies.get(from)).size();
        } while (from > 0
                && records + 1 + resident.derivedFrom(copies.get(from - 1)).size() <= ERASED_A_WRITE);
        return copies.subList(from, copies.size());
    }

    /** Erases what was folded into a memory, some at a time: each write leaves the memory with the others. */
    private void forgetCopies(Resident resident, long kept, ColdBeside beside) {
        for (List<Long> copies = resident.index().standing(kept).copies();
                !copies.isEmpty();
                copies = resident.index().standing(kept).copies()) {
            List<Long> some = some(resident, copies);
            Batch batch = new Batch();
            Keeping keeping = journal.keeping(resident);
            keeping.leaveNothing();
            List<StoredMessage> erased = erase(resident, some, batch, keeping, beside);
            some.forEach(keeping::lost);
            Head head = resident.head().without(erased);
            keeping.into(batch);
            journal.advance(resident, head.appended(0, keeping.memories()), batch, deleted(resident, null, erased));
            keeping.settle();
        }
    }

    /** Pins a memory, or lets it be as the others; false where there is none such. */
    public boolean pin(Resident resident, long seq, Predicate<StoredMessage> meant, boolean pinned) {
        return held(resident, budgets.background(), () -> {
            StoredMessage message = history.find(resident.key(), seq);
            if (message == null || !meant.test(message) || !resident.isMemory(message)) {
                return false;
            }
            if (resident.index().standing(seq).pinned() == pinned) {
                return true;
            }
            Batch batch = new Batch();
            Keeping keeping = journal.keeping(resident);
            keeping.pin(seq, pinned);
            keeping.into(batch);
            if (pinned) {
                demotion.keep(resident, seq, batch);
            }
            journal.advance(resident, resident.head(), batch);
            keeping.settle();
            return true;
        });
    }

    /**
     * Puts a statement of the user's, said now, in the place of the message at {@code seq}, whose words are forgotten;
     * null where there is none such that can be recalled. The external id stays with what is remembered.
     *
     * @param pinned whether it is pinned from now on, null for as it was
     */
    public @Nullable StoredMessage correct(
            Resident resident, long seq, Predicate<StoredMessage> meant, String text, @Nullable Boolean pinned) {
        ColdBeside beside = readBefore(resident, seq);
        try {
            return held(resident, budgets.background(), () -> correct(resident, seq, meant, text, pinned, beside));
        } finally {
            beside.removeReplaced(resident.key(), archive);
        }
    }

    private @Nullable StoredMessage correct(
            Resident resident,
            long seq,
            Predicate<StoredMessage> meant,
            String text,
            @Nullable Boolean pinned,
            ColdBeside beside) {
        thaw.bring(resident, List.of(seq), budgets.background());
        if (!resident.index().live(seq)) {
            return null;
        }
        StoredMessage known = find(resident, seq);
        if (known == null || known.deleted() || !meant.test(known)) {
            return null;
        }
        forgetCopies(resident, seq, beside);
        Batch batch = new Batch();
        Keeping keeping = journal.keeping(resident);
        Erasing erasing = new Erasing(resident, history, archive, copies, vault, budgets, beside);
        Set<Long> derived = keeping.lastFactsOf(List.of(seq));
        thaw.bring(resident, derived, budgets.background());
        StoredMessage before = erasing.message(seq);
        if (before == null) {
            return null;
        }
        Instant now = budgets.clock().now();
        Head head = resident.head();
        head = head.withImports(sessions.imported(head, now, Importer.REMEMBERED));
        StoredMessage corrected = new StoredMessage(
                        head.nextSeq(),
                        now.toEpochMilli(),
                        random.nextInt(EntityId.SALTS),
                        StoredMessage.Origin.USER_IMPORT,
                        before.role() == Message.Role.USER ? before.speaker() : null,
                        head.imports().ordinal(),
                        text,
                        now,
                        null,
                        before.externalId(),
                        before.externalHash(),
                        false)
                .timed(users.zone(resident.key().partition()));
        batch.create(resident.key().messages(corrected.seq()), new MessageBlock(List.of(corrected)).encode());
        keeping.correct(corrected, before);
        List<StoredMessage> facts = facts(derived, erasing, keeping);
        erasing.into(batch);
        if (pinned != null) {
            keeping.pin(corrected.seq(), pinned);
        }
        keeping.into(batch);
        List<Happening> happenings = new ArrayList<>(deleted(resident, null, facts));
        happenings.add(
                Happening.of(Happening.Type.MEMORY_CORRECTED, memory(resident, corrected), memory(resident, before)));
        head = head.without(List.of(before)).appended(1, keeping.memories());
        journal.advance(resident, head, batch, happenings);
        keeping.settle();
        resident.admit(List.of(corrected));
        return corrected;
    }

    private static <T extends @Nullable Object> T held(Resident resident, Deadline patience, Supplier<T> work) {
        resident.enter(patience);
        try {
            if (resident.stale()) {
                throw new Journal.Behind();
            }
            return work.get();
        } catch (Problem told) {
            // Memory may be ahead of the store now: it is loaded anew.
            resident.markStale();
            throw told;
        } catch (Journal.Behind behind) {
            throw new Problem(Code.CONFLICT, "The relationship changed at the same time; send it again.", behind);
        } finally {
            resident.leave();
        }
    }

    private static EntityId memory(Resident resident, StoredMessage message) {
        return message.id(
                EntityId.Kind.MEMORY, resident.key().partition(), resident.key().ordinal());
    }

    /**
     * Puts into {@code batch} what erases messages, words and vectors alike, and answers them as they were; behind them
     * the facts that nothing is left of to stand on, which go with them. Those that are gone already are left out, as are
     * facts that cannot be read: they stand in no one's way. The caller holds the turnstile and counts the head.
     *
     * @param keeping told of each, for the standings
     */
    public List<StoredMessage> erase(Resident resident, List<Long> seqs, Batch batch, Keeping keeping) {
        ColdBeside beside = new ColdBeside(Map.of());
        List<StoredMessage> erased = erase(resident, seqs, batch, keeping, beside);
        batch.whenWritten(() -> beside.removeReplaced(resident.key(), archive));
        return erased;
    }

    private List<StoredMessage> erase(
            Resident resident, List<Long> seqs, Batch batch, Keeping keeping, ColdBeside beside) {
        Erasing erasing = new Erasing(resident, history, archive, copies, vault, budgets, beside);
        Set<Long> facts = keeping.lastFactsOf(seqs);
        // What a write erases is counted by what memory knows of it.
        thaw.bring(resident, seqs, budgets.background());
        thaw.bring(resident, facts, budgets.background());
        List<StoredMessage> erased = new ArrayList<>();
        for (long seq : seqs) {
            StoredMessage message = erasing.message(seq);
            if (message != null) {
                erased.add(message);
                keeping.erase(seq);
            }
        }
        erased.addAll(facts(facts, erasing, keeping));
        erasing.into(batch);
        return erased;
    }

    private static List<StoredMessage> facts(Set<Long> facts, Erasing erasing, Keeping keeping) {
        List<StoredMessage> erased = new ArrayList<>();
        for (long seq : facts) {
            StoredMessage fact = erasing.fact(seq);
            if (fact != null) {
                erased.add(fact);
            }
            keeping.erase(seq);
        }
        return erased;
    }
}
