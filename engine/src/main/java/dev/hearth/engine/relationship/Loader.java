package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.recall.RelationshipIndex;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a relationship from the store into memory. */
final class Loader {

    private static final int PAGE = 500;

    private final Vault vault;
    private final Budgets budgets;
    private final int dimension;
    private final String embedder;

    /**
     * @param dimension of the embedder's vectors, 0 for no embedder
     * @param embedder the embedder's id, empty for none
     */
    Loader(Vault vault, Budgets budgets, int dimension, String embedder) {
        this.vault = vault;
        this.budgets = budgets;
        this.dimension = dimension;
        this.embedder = embedder;
    }

    /** A relationship in memory, and those of its newest messages that have no vector yet. */
    record Loaded(Resident resident, List<StoredMessage> unembedded) {}

    /** Loads it whole; null where there is none (any more). */
    @Nullable
    Loaded load(RelationshipKey key) {
        Entry entry = vault.get(key.partition(), key.head(), budgets.store());
        if (entry == null) {
            return null;
        }
        Head head = Head.decode(entry.bytes());
        if (head.deleted()) {
            return null;
        }
        Resident resident = new Resident(key, head, entry.revision(), entry.life(), new RelationshipIndex(dimension));
        List<StoredMessage> recallable = new ArrayList<>();
        each(key, key.messages(), block -> {
            List<StoredMessage> messages = MessageBlock.decode(block.bytes()).messages();
            // A write after the head was read: the next load or turn sees it with its own head.
            if (messages.getFirst().seq() < head.nextSeq()) {
                resident.admit(messages);
                messages.stream().filter(StoredMessage::recallable).forEach(recallable::add);
            }
        });
        if (dimension == 0) {
            resident.trim();
            return new Loaded(resident, List.of());
        }
        each(key, key.vectors(), block -> {
            VectorBlock vectors = VectorBlock.decode(block.bytes());
            if (vectors.embedder().equals(embedder)) {
                vectors.embedded()
                        .forEach(message -> resident.index().quantizedVectors(message.seq(), message.windows()));
            }
        });
        resident.trim();
        return new Loaded(
                resident,
                recallable.stream()
                        .filter(message -> !resident.index().embedded(message.seq()))
                        .toList());
    }

    private void each(RelationshipKey key, String prefix, Consumer<Entry> sink) {
        Deadline deadline = budgets.background();
        String from = prefix;
        while (true) {
            List<Entry> page =
                    vault.range(key.partition(), new Range(from, Range.after(prefix), PAGE, false), deadline);
            page.forEach(sink);
            if (page.size() < PAGE) {
                return;
            }
            from = page.getLast().key() + " ";
        }
    }
}
