package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.recall.EmbeddedMessages;
import dev.hearth.engine.recall.RelationshipIndex;
import dev.hearth.engine.recall.Standing;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a relationship into memory, from its copy in the hot store or from the warm one. */
final class Loader {

    private static final int PAGE = 500;
    private static final int ATTEMPTS = 5;

    private final Vault vault;
    private final Budgets budgets;
    private final int dimension;
    private final String embedder;
    private final HotCopies copies;

    /**
     * @param dimension of the embedder's vectors, 0 for no embedder
     * @param embedder the embedder's id, empty for none
     */
    Loader(Vault vault, Budgets budgets, int dimension, String embedder, HotCopies copies) {
        this.copies = copies;
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
     *
     * @param copied whether its copy in the hot store is worth a look
     * @param current whether it is to be whole and as the store has it now; who writes next finds out by that
     */
    @Nullable
    Loaded load(RelationshipKey key, boolean copied, boolean current) {
        try (Scope scope = new Scope(budgets.clock())) {
            Fork<Optional<HotCopies.Copy>> copy =
                    copied && copies.kept() ? scope.fork("hot", () -> Optional.ofNullable(copies.find(key))) : null;
            Entry head = head(key);
            Loaded loaded = head == null || copy == null ? null : copy(key, head, copy.join());
            return loaded == null ? load(key, head, current) : loaded;
        }
    }

    private @Nullable Loaded load(RelationshipKey key, @Nullable Entry found, boolean current) {
        Entry head = found;
        for (int attempt = 1; head != null; attempt++) {
            Loaded loaded = tryLoad(key, head);
            boolean checked = current || vault.exclusive();
            // Without a look: the head was read first, and whoever writes finds out by it whether anything has changed.
            if (loaded == null || !checked || unchanged(loaded.resident())) {
                return loaded;
            }
            if (attempt == ATTEMPTS) {
                // Busy elsewhere: what was read serves this once.
                loaded.resident().markStale();
                return loaded;
            }
            head = head(key);
        }
        return null;
    }

    private @Nullable Entry head(RelationshipKey key) {
        return vault.get(key.partition(), key.head(), budgets.store());
    }

    /** What the copy comes to, null where it stands for another revision than the head's. */
    private @Nullable Loaded copy(RelationshipKey key, Entry head, Optional<HotCopies.Copy> found) {
        HotCopies.Copy copy = found.orElse(null);
        if (copy == null
                || copy.records().head().revision() != head.revision()
                || copy.records().head().life() != head.life()
                || !Arrays.equals(copy.records().head().bytes(), head.bytes())) {
            return null;
        }
        try {
            Loaded loaded =
                    build(key, copy.records(), new HashMap<>(copy.records().analyses()));
            if (loaded != null) {
                loaded.resident().records().basedOn(copy.base(), copy.changes());
            }
            return loaded;
        } catch (CodecException unusable) {
            return null;
        }
    }

    /** Whether the store says something else, where other processes write to it too. */
    boolean differs(Resident resident) {
        return !vault.exclusive() && !unchanged(resident);
    }

    private boolean unchanged(Resident resident) {
        Entry entry = head(resident.key());
        return entry != null && entry.life() == resident.life() && entry.revision() == resident.revision();
    }

    private @Nullable Loaded tryLoad(RelationshipKey key, Entry head) {
        Records records = vault.exclusive() ? oneByOne(key, head) : atOnce(key, head);
        Map<String, AnalysisBlock> analyses = new HashMap<>();
        Loaded loaded = build(key, records, analyses);
        if (loaded != null) {
            copies.loaded(loaded.resident(), records, analyses);
        }
        return loaded;
    }

    private Records oneByOne(RelationshipKey key, Entry head) {
        return new Records(
                head,
                uses(key),
                all(key, key.standings()),
                all(key, key.messages()),
                dimension == 0 ? List.of() : all(key, key.vectors()),
                Map.of());
    }

    /** Where a call takes a way over the network, the ways are taken at the same time. */
    private Records atOnce(RelationshipKey key, Entry head) {
        try (Scope scope = new Scope(budgets.clock())) {
            Fork<List<Opened>> uses = scope.fork("load", () -> {
                Opened found = uses(key);
                return found == null ? List.of() : List.of(found);
            });
            Fork<List<Opened>> standings = scope.fork("load", () -> all(key, key.standings()));
            Fork<List<Opened>> vectors = scope.fork("load", () -> dimension == 0 ? List.of() : all(key, key.vectors()));
            List<Opened> messages = all(key, key.messages());
            List<Opened> used = uses.join();
            return new Records(
                    head,
                    used.isEmpty() ? null : used.getFirst(),
                    standings.join(),
                    messages,
                    vectors.join(),
                    Map.of());
        }
    }

    private @Nullable Opened uses(RelationshipKey key) {
        List<Opened> found = vault.tryAll(key.partition(), List.of(key.uses()), budgets.store());
        return found.isEmpty() ? null : found.getFirst();
    }

    /**
     * Takes records into memory.
     *
     * @param analyses what is known of the words of blocks, by their keys; what is found out is put there where copies are kept
     */
    private @Nullable Loaded build(RelationshipKey key, Records records, Map<String, AnalysisBlock> analyses) {
        Entry entry = records.head();
        Head head = Head.decode(entry.bytes());
        if (head.deleted()) {
            return null;
        }
        Resident resident = new Resident(
                key, head, entry.revision(), entry.life(), new RelationshipIndex(dimension), copies.kept());
        for (Opened beside : records.standings()) {
            Standing standing = Damage.read(key, beside, StoredStanding::decode);
            if (standing != null) {
                resident.stand(key.standingSeq(beside.key()), standing);
            }
        }
        Opened uses = records.uses();
        if (uses != null) {
            // What is damaged of it costs no more than that used memories are put away.
            Boolean ignored = Damage.read(key, uses, bytes -> {
                resident.uses().read(bytes);
                return true;
            });
        }
        List<StoredMessage> recallable = new ArrayList<>();
        for (Opened block : records.messages()) {
            // A write after the head was read: the next load or turn sees it with its own head.
            if (key.firstSeq(block.key()) < head.nextSeq()) {
                recallable.addAll(take(resident, block, analyses));
            }
        }
        List<EmbeddedMessages> embedded = new ArrayList<>();
        for (Opened block : records.vectors()) {
            VectorRows vectors = Damage.read(key, block, VectorRows::decode);
            if (vectors != null && vectors.embedder().equals(embedder)) {
                embedded.add(vectors.messages());
            }
        }
        if (!embedded.isEmpty()) {
            resident.index().quantizedVectors(embedded);
        }
        resident.trim();
        resident.upkeep().loaded();
        return new Loaded(
                resident,
                dimension == 0
                        ? List.of()
                        : recallable.stream()
                                .filter(message -> !resident.index().embedded(message.seq()))
                                .toList());
    }

    /** Takes in a block, and answers those of its messages that are memories. */
    private List<StoredMessage> take(Resident resident, Opened block, Map<String, AnalysisBlock> analyses) {
        RelationshipKey key = resident.key();
        long first = key.firstSeq(block.key());
        if (block instanceof Opened.Whole(Entry entry)) {
            resident.records().loaded(entry.key(), entry.bytes());
        }
        @Nullable List<StoredMessage> messages;
        if (block instanceof Opened.Whole(Entry entry) && ColdBlock.is(entry.bytes())) {
            ColdBlock cold = Damage.read(key, block, ColdBlock::decode);
            messages = cold == null ? null : cold.kept();
            if (cold != null) {
                resident.admitCold(first, cold, analysis(block.key(), cold.kept(), analyses));
            }
        } else {
            MessageBlock read = Damage.read(key, block, MessageBlock::decode);
            messages = read == null ? null : read.messages();
            if (messages != null) {
                resident.admit(messages, analysis(block.key(), messages, analyses));
            }
        }
        if (messages == null) {
            resident.admitDamaged(first);
            return List.of();
        }
        return messages.stream()
                .filter(message -> resident.index().live(message.seq()))
                .toList();
    }

    private @Nullable AnalysisBlock analysis(
            String place, List<StoredMessage> messages, Map<String, AnalysisBlock> analyses) {
        return copies.kept()
                ? analyses.computeIfAbsent(place, absent -> AnalysisBlock.of(messages))
                : analyses.get(place);
    }

    private List<Opened> all(RelationshipKey key, String prefix) {
        Deadline deadline = budgets.background();
        List<Opened> all = new ArrayList<>();
        String from = prefix;
        while (true) {
            List<Opened> page =
                    vault.tryRange(key.partition(), new Range(from, Range.after(prefix), PAGE, false), deadline);
            all.addAll(page);
            if (page.size() < PAGE) {
                return all;
            }
            from = page.getLast().key() + " ";
        }
    }
}
