package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.Vault;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.StoreException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rewrites blocks of messages and of vectors, in every tier, without what one write erases. Made for that write. */
final class Erasing {

    private final Resident resident;
    private final RelationshipKey key;
    private final History history;
    private final Archive archive;
    private final HotCopies copies;
    private final Vault vault;
    private final Budgets budgets;
    private final ColdBeside beside;
    private final Map<String, Long> revisions = new HashMap<>();
    private final Map<String, MessageBlock> blocks = new LinkedHashMap<>();
    private final Map<String, VectorBlock> vectors = new LinkedHashMap<>();
    private final Map<String, ColdErasing> cold = new LinkedHashMap<>();
    private final Set<String> damaged = new LinkedHashSet<>();

    Erasing(
            Resident resident,
            History history,
            Archive archive,
            HotCopies copies,
            Vault vault,
            Budgets budgets,
            ColdBeside beside) {
        this.beside = beside;
        this.copies = copies;
        this.resident = resident;
        this.key = resident.key();
        this.history = history;
        this.archive = archive;
        this.vault = vault;
        this.budgets = budgets;
    }

    /** Erases a message, words and vectors alike, and answers it as it was; null where it is gone already. */
    @Nullable
    StoredMessage message(long seq) {
        Entry entry = history.blockOf(key, seq, budgets.store());
        if (entry == null) {
            return null;
        }
        if (ColdBlock.is(entry.bytes())) {
            return cold(seq, entry);
        }
        MessageBlock block = blocks.get(entry.key());
        return erase(seq, entry, block == null ? MessageBlock.decode(entry.bytes()) : block);
    }

    /** The same of a fact; one that cannot be read loses its vectors, and its words stay in a block that nobody can read. */
    @Nullable
    StoredMessage fact(long seq) {
        Opened opened = history.tryBlockOf(key, seq, budgets.store());
        if (opened == null) {
            return null;
        }
        if (opened instanceof Opened.Whole(Entry away) && ColdBlock.is(away.bytes())) {
            return cold(seq, away);
        }
        MessageBlock present = blocks.get(opened.key());
        MessageBlock block = present == null ? Damage.read(key, opened, MessageBlock::decode) : present;
        if (block == null || !(opened instanceof Opened.Whole(Entry entry))) {
            eraseVectors(seq, opened.key());
            return null;
        }
        return erase(seq, entry, block);
    }

    private @Nullable StoredMessage cold(long seq, Entry entry) {
        ColdErasing segment = cold.computeIfAbsent(entry.key(), place -> {
            ColdBlock block = ColdBlock.decode(entry.bytes());
            try {
                ColdSegment known = beside.known(block.object());
                ColdSegment whole = known == null ? archive.get(key, block.object(), budgets.background()) : known;
                return new ColdErasing(resident, archive, place, entry.revision(), block, whole, beside);
            } catch (CodecException damage) {
                throw Damage.problem(damage);
            }
        });
        StoredMessage message = segment.erase(seq);
        if (message != null) {
            eraseVectors(seq, entry.key());
        }
        return message;
    }

    private @Nullable StoredMessage erase(long seq, Entry entry, MessageBlock block) {
        StoredMessage message = block.messages().stream()
                .filter(each -> each.seq() == seq)
                .findFirst()
                .orElse(null);
        if (message == null || message.deleted()) {
            return null;
        }
        revisions.put(entry.key(), entry.revision());
        blocks.put(entry.key(), block.erasing(seq));
        eraseVectors(seq, entry.key());
        return message;
    }

    private void eraseVectors(long seq, String block) {
        List<String> places = Stream.of(key.vectors(seq), key.vectorsOfBlock(block))
                .distinct()
                .toList();
        for (Opened opened : vault.tryAll(key.partition(), places, budgets.store())) {
            switch (opened) {
                case Opened.Whole(Entry found) -> {
                    revisions.put(found.key(), found.revision());
                    VectorBlock present = vectors.get(found.key());
                    vectors.put(
                            found.key(), (present == null ? VectorBlock.decode(found.bytes()) : present).without(seq));
                }
                // Whatever is left of them goes too; those of the other messages are made anew.
                case Opened.Damaged(String place, StoreException ignored) -> damaged.add(place);
            }
        }
    }

    /** Puts it into the write. */
    void into(Batch batch) {
        blocks.forEach((place, block) -> batch.replace(place, revisions.getOrDefault(place, 0L), block.encode()));
        vectors.forEach((place, kept) -> {
            long revision = revisions.getOrDefault(place, 0L);
            if (kept.embedded().isEmpty()) {
                batch.when(place, revision).delete(place);
            } else {
                batch.replace(place, revision, kept.encode());
            }
        });
        damaged.forEach(batch::delete);
        cold.values().forEach(segment -> segment.into(batch));
        if (!blocks.isEmpty() || !cold.isEmpty()) {
            batch.whenWritten(() -> copies.forget(resident));
        }
    }
}
