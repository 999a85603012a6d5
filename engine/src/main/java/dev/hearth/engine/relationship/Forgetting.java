package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
            RelationshipKey key = resident.key();
            Entry block = history.blockOf(key, seq, budgets.store());
            StoredMessage message = block == null ? null : find(block, seq);
            if (block == null || message == null || message.deleted() || !meant.test(message)) {
                return false;
            }
            Batch batch = new Batch()
                    .replace(
                            block.key(),
                            block.revision(),
                            MessageBlock.decode(block.bytes()).erasing(seq).encode());
            Set<String> places = new LinkedHashSet<>(List.of(key.vectors(seq), key.vectorsOfBlock(block.key())));
            for (String vectors : places) {
                dropVector(key, vectors, seq, batch);
            }
            resident.forget(seq);
            journal.advance(resident, resident.head().without(message.recallable()), batch);
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

    private void dropVector(RelationshipKey key, String vectorsKey, long seq, Batch batch) {
        Entry entry = vault.get(key.partition(), vectorsKey, budgets.store());
        if (entry == null) {
            return;
        }
        VectorBlock kept = VectorBlock.decode(entry.bytes()).without(seq);
        if (kept.embedded().isEmpty()) {
            batch.when(entry.key(), entry.revision()).delete(entry.key());
        } else {
            batch.replace(entry.key(), entry.revision(), kept.encode());
        }
    }

    private static @Nullable StoredMessage find(Entry block, long seq) {
        return MessageBlock.decode(block.bytes()).messages().stream()
                .filter(message -> message.seq() == seq)
                .findFirst()
                .orElse(null);
    }
}
