package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.recall.RelationshipIndex;
import dev.hearth.engine.recall.Standing;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a relationship from the store into memory. */
final class Loader {

    private static final int PAGE = 500;
    private static final int ATTEMPTS = 5;

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

    /**
     * Loads it; null where there is none (any more). What is damaged is left out. Where it is changed or folded while it
     * is read, it is read again.
     */
    @Nullable
    Loaded load(RelationshipKey key) {
        Loaded loaded = tryLoad(key);
        for (int attempt = 1; loaded != null && !unchanged(loaded.resident()); attempt++) {
            if (attempt == ATTEMPTS) {
                // Busy elsewhere: what was read serves this once.
                loaded.resident().markStale();
                return loaded;
            }
            loaded = tryLoad(key);
        }
        return loaded;
    }

    /** Whether the store says something else, where other processes write to it too. */
    boolean differs(Resident resident) {
        return !vault.exclusive() && !unchanged(resident);
    }

    private boolean unchanged(Resident resident) {
        RelationshipKey key = resident.key();
        Entry entry = vault.get(key.partition(), key.head(), budgets.store());
        return entry != null && entry.life() == resident.life() && entry.revision() == resident.revision();
    }

    private @Nullable Loaded tryLoad(RelationshipKey key) {
        Entry entry = vault.get(key.partition(), key.head(), budgets.store());
        if (entry == null) {
            return null;
        }
        Head head = Head.decode(entry.bytes());
        if (head.deleted()) {
            return null;
        }
        Resident resident = new Resident(key, head, entry.revision(), entry.life(), new RelationshipIndex(dimension));
        each(key, key.standings(), beside -> {
            Standing standing = Damage.read(key, beside, StoredStanding::decode);
            if (standing != null) {
                resident.stand(key.standingSeq(beside.key()), standing);
            }
        });
        Entry uses = vault.get(key.partition(), key.uses(), budgets.store());
        if (uses != null) {
            resident.uses().read(uses.bytes());
            resident.tidyAfter(resident.uses().nextTidied());
        }
        List<StoredMessage> recallable = new ArrayList<>();
        each(key, key.messages(), block -> {
            long first = key.firstSeq(block.key());
            // A write after the head was read: the next load or turn sees it with its own head.
            if (first >= head.nextSeq()) {
                return;
            }
            if (block instanceof Opened.Whole(Entry away) && ColdBlock.is(away.bytes())) {
                ColdBlock cold = Damage.read(key, block, ColdBlock::decode);
                if (cold == null) {
                    resident.admitDamaged(first);
                } else {
                    resident.admitCold(first, cold);
                    cold.kept().stream().filter(resident::remembers).forEach(recallable::add);
                }
                return;
            }
            MessageBlock read = Damage.read(key, block, MessageBlock::decode);
            if (read == null) {
                resident.admitDamaged(first);
            } else {
                resident.admit(read.messages());
                read.messages().stream().filter(resident::remembers).forEach(recallable::add);
            }
        });
        if (dimension == 0) {
            resident.trim();
            return new Loaded(resident, List.of());
        }
        each(key, key.vectors(), block -> {
            VectorBlock vectors = Damage.read(key, block, VectorBlock::decode);
            if (vectors != null && vectors.embedder().equals(embedder)) {
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

    private void each(RelationshipKey key, String prefix, Consumer<Opened> sink) {
        Deadline deadline = budgets.background();
        String from = prefix;
        while (true) {
            List<Opened> page =
                    vault.tryRange(key.partition(), new Range(from, Range.after(prefix), PAGE, false), deadline);
            page.forEach(sink);
            if (page.size() < PAGE) {
                return;
            }
            from = page.getLast().key() + " ";
        }
    }
}
