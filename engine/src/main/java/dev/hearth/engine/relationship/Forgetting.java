package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Deletes single messages: words and vectors are rewritten away in the write that hides them. */
public final class Forgetting {

    private final Vault vault;
    private final History history;
    private final Journal journal;
    private final Budgets budgets;

    Forgetting(Vault vault, History history, Journal journal, Budgets budgets) {
        this.vault = vault;
        this.history = history;
        this.journal = journal;
        this.budgets = budgets;
    }

    /** Forgets the message at {@code seq} if it is the one that is meant; false where there is none such. */
    public boolean forget(Resident resident, long seq, Predicate<StoredMessage> meant) {
        resident.enter(budgets.background());
        try {
            if (resident.stale()) {
                throw new Journal.Behind();
            }
            Batch batch = new Batch();
            List<StoredMessage> erased = erase(resident, List.of(seq), meant, batch);
            if (erased.isEmpty()) {
                return false;
            }
            resident.forget(seq);
            journal.advance(resident, resident.head().without(erased.getFirst().recallable()), batch);
            return true;
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

    /**
     * Puts into {@code batch} what erases messages, words and vectors alike, and answers them as they were. Those that are
     * gone already, or not meant, are left out. The caller holds the turnstile, tells the resident, and counts the head.
     */
    public List<StoredMessage> erase(Resident resident, List<Long> seqs, Predicate<StoredMessage> meant, Batch batch) {
        RelationshipKey key = resident.key();
        List<StoredMessage> erased = new ArrayList<>();
        Map<String, Long> revisions = new HashMap<>();
        Map<String, MessageBlock> blocks = new LinkedHashMap<>();
        Map<String, VectorBlock> vectors = new LinkedHashMap<>();
        for (long seq : seqs) {
            Entry entry = history.blockOf(key, seq, budgets.store());
            if (entry == null) {
                continue;
            }
            MessageBlock block = blocks.getOrDefault(entry.key(), MessageBlock.decode(entry.bytes()));
            StoredMessage message = find(block, seq);
            if (message == null || message.deleted() || !meant.test(message)) {
                continue;
            }
            erased.add(message);
            revisions.put(entry.key(), entry.revision());
            blocks.put(entry.key(), block.erasing(seq));
            for (String place : new LinkedHashSet<>(List.of(key.vectors(seq), key.vectorsOfBlock(entry.key())))) {
                Entry found = vault.get(key.partition(), place, budgets.store());
                if (found != null) {
                    revisions.put(place, found.revision());
                    vectors.put(
                            place,
                            vectors.getOrDefault(place, VectorBlock.decode(found.bytes()))
                                    .without(seq));
                }
            }
        }
        blocks.forEach((place, block) -> batch.replace(place, revisions.getOrDefault(place, 0L), block.encode()));
        vectors.forEach((place, kept) -> {
            long revision = revisions.getOrDefault(place, 0L);
            if (kept.embedded().isEmpty()) {
                batch.when(place, revision).delete(place);
            } else {
                batch.replace(place, revision, kept.encode());
            }
        });
        return erased;
    }

    private static @Nullable StoredMessage find(MessageBlock block, long seq) {
        return block.messages().stream()
                .filter(message -> message.seq() == seq)
                .findFirst()
                .orElse(null);
    }
}
