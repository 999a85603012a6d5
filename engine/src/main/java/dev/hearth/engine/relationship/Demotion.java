package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step between the tiers: a segment that is old is put away in a cold object, but for what stays; or what stays of a
 * segment that was put away is another set by now. A step is an object that nobody knows yet, and then one conditional
 * write that names it: whenever the process dies, every message is in the warm store, in a named object, or in both,
 * and is found once.
 */
final class Demotion {

    private static final Logger log = LoggerFactory.getLogger(Demotion.class);

    /** Fewer are not worth an object and a look at it. */
    static final int LEAST = 16;

    private final Vault vault;
    private final Archive archive;
    private final Blocks blocks;
    private final Thaw thaw;
    private final Staying staying;
    private final Budgets budgets;
    private final String embedder;

    /**
     * @param embedder the embedder's id, empty for none
     */
    Demotion(
            Vault vault, Archive archive, Blocks blocks, Thaw thaw, Staying staying, Budgets budgets, String embedder) {
        this.vault = vault;
        this.archive = archive;
        this.blocks = blocks;
        this.thaw = thaw;
        this.staying = staying;
        this.budgets = budgets;
        this.embedder = embedder;
    }

    /**
     * A step that is ready to be written.
     *
     * @param revision the head's, when everything was read
     * @param object the cold object that waits to be named, null for none
     * @param vectors of what is put away
     */
    record Step(long revision, Batch batch, @Nullable String object, List<VectorBlock.Embedded> vectors) {}

    /** Puts the vectors of what was put away into an index outside the node; takes back those of what was erased meanwhile. */
    void putVectors(RelationshipKey key, long life, long first, Step step) {
        if (!archive.vectors().there() || step.vectors().isEmpty()) {
            return;
        }
        try {
            boolean ignored = vault.during(key.partition(), life, budgets.background(), () -> {
                archive.vectors().put(key, step.vectors());
                return true;
            });
            Set<Long> erased = erased(key, first, step);
            archive.vectors()
                    .remove(
                            key,
                            step.vectors().stream()
                                    .filter(each -> erased.contains(each.seq()))
                                    .toList());
        } catch (Problem lost) {
            log.warn(
                    "Vectors of partition {} are not in the index, gists tell: {}", key.partition(), lost.getMessage());
        }
    }

    /** What of a step's messages is there no more; all of it where another life or nothing stands there. */
    private Set<Long> erased(RelationshipKey key, long first, Step step) {
        Set<Long> gone = new HashSet<>();
        step.vectors().forEach(each -> gone.add(each.seq()));
        Entry entry = vault.get(key.partition(), key.messages(first), budgets.store());
        if (entry == null || !ColdBlock.is(entry.bytes())) {
            return gone;
        }
        ColdBlock block = ColdBlock.decode(entry.bytes());
        if (block.object().equals(step.object())) {
            return Set.of();
        }
        blocks.segment(key, entry.key(), block, budgets.background()).messages().stream()
                .filter(message -> !message.deleted())
                .forEach(message -> gone.remove(message.seq()));
        return gone;
    }

    /** Prepares what is to be done with the block that begins with {@code first}; null for nothing. */
    @Nullable
    Step prepare(Resident resident, long first) {
        long revision = resident.revision();
        RelationshipKey key = resident.key();
        Entry entry = vault.get(key.partition(), key.messages(first), budgets.store());
        if (entry == null) {
            return null;
        }
        try {
            return ColdBlock.is(entry.bytes())
                    ? adjusted(resident, first, revision, entry)
                    : putAway(resident, first, revision, entry);
        } catch (CodecException damaged) {
            // Told when it was loaded; what is damaged stays as it is.
            return null;
        }
    }

    private @Nullable Step putAway(Resident resident, long first, long revision, Entry entry) {
        Instant now = budgets.clock().now();
        List<StoredMessage> messages = MessageBlock.decode(entry.bytes()).messages();
        if (messages.getLast().seq() >= resident.settledTo()
                || !messages.stream().allMatch(message -> staying.old(message, now))) {
            return null;
        }
        List<StoredMessage> kept = messages.stream()
                .filter(message -> !message.deleted() && staying.stays(resident, message, now))
                .toList();
        long going = messages.stream().filter(message -> !message.deleted()).count() - kept.size();
        if (going < LEAST) {
            return null;
        }
        RelationshipKey key = resident.key();
        if (embedder.isEmpty() && !withoutVectors(key, first, messages.getLast().seq())) {
            // Another embedder's: they stay with what they were made of.
            return null;
        }
        List<Entry> vectorEntries = vectors(key, first, messages.getLast().seq());
        if (vectorEntries == null) {
            return null;
        }
        List<VectorBlock.Embedded> vectors = embedded(vectorEntries);
        if (!complete(resident, messages, vectors)) {
            return null;
        }
        Set<Long> warm = new HashSet<>();
        kept.forEach(message -> warm.add(message.seq()));
        Archive.Put put =
                archive.put(key, resident.life(), revision, first, new ColdSegment(messages, embedder, vectors));
        TreeMap<Long, Long> imported = new TreeMap<>();
        messages.stream()
                .filter(message -> message.externalHash() != 0)
                .forEach(message -> imported.put(message.seq(), message.externalHash()));
        ColdBlock block = new ColdBlock(
                put.name(),
                put.bytes(),
                List.of(),
                messages.getLast().seq(),
                kept.size() + (int) going,
                resident.gist(messages, vectors, message -> warm.contains(message.seq())),
                imported,
                kept);
        Batch batch = new Batch().replace(entry.key(), entry.revision(), block.encode());
        for (Entry each : vectorEntries) {
            batch.when(each.key(), each.revision());
            if (!each.key().equals(key.vectors(first))) {
                batch.delete(each.key());
            }
        }
        keepVectors(
                key,
                first,
                vectorEntries,
                vectors.stream().filter(each -> warm.contains(each.seq())).toList(),
                batch);
        // Memory has it as warm, and is loaded anew.
        batch.whenWritten(resident::markStale);
        return new Step(
                revision,
                batch,
                put.name(),
                vectors.stream().filter(each -> !warm.contains(each.seq())).toList());
    }

    private boolean withoutVectors(RelationshipKey key, long first, long last) {
        Range range = new Range(key.vectors(first), key.vectors(last + 1), 1, false);
        return vault.tryRange(key.partition(), range, budgets.store()).isEmpty();
    }

    private void keepVectors(
            RelationshipKey key, long first, List<Entry> present, List<VectorBlock.Embedded> kept, Batch batch) {
        Entry there = present.stream()
                .filter(each -> each.key().equals(key.vectors(first)))
                .findFirst()
                .orElse(null);
        if (!kept.isEmpty()) {
            byte[] bytes = new VectorBlock(embedder, kept).encode();
            batch.put(key.vectors(first), there == null ? 1 : there.revision() + 1, bytes, null);
        } else if (there != null) {
            batch.delete(there.key());
        }
    }

    /** Whether every memory has its vectors, so that none is to be made later. */
    private boolean complete(Resident resident, List<StoredMessage> messages, List<VectorBlock.Embedded> vectors) {
        Set<Long> having = new HashSet<>();
        vectors.forEach(each -> having.add(each.seq()));
        return embedder.isEmpty()
                || messages.stream()
                        .allMatch(message -> !resident.remembers(message) || having.contains(message.seq()));
    }

    /** The records of the vectors of these messages; null where one is damaged. */
    private @Nullable List<Entry> vectors(RelationshipKey key, long first, long last) {
        List<Entry> entries = new ArrayList<>();
        for (Opened opened : vault.tryRange(
                key.partition(),
                new Range(key.vectors(first), key.vectors(last + 1), Segment.MOST_KEYS, false),
                budgets.store())) {
            if (!(opened instanceof Opened.Whole(Entry entry))) {
                return null;
            }
            entries.add(entry);
        }
        return entries.size() > Segment.MOST_KEYS / 2 ? null : entries;
    }

    private List<VectorBlock.Embedded> embedded(List<Entry> entries) {
        TreeMap<Long, VectorBlock.Embedded> bySeq = new TreeMap<>();
        for (Entry entry : entries) {
            VectorBlock block = VectorBlock.decode(entry.bytes());
            if (block.embedder().equals(embedder)) {
                block.embedded().forEach(each -> bySeq.put(each.seq(), each));
            }
        }
        return List.copyOf(bySeq.values());
    }

    /** What was used comes back, what is no longer used goes, and what an earlier step left is removed. */
    private @Nullable Step adjusted(Resident resident, long first, long revision, Entry entry) {
        ColdBlock block = ColdBlock.decode(entry.bytes());
        RelationshipKey key = resident.key();
        if (!block.former().isEmpty()) {
            block.former().forEach(name -> archive.delete(key, name));
            ColdBlock clean = block.withoutFormer();
            Batch batch = new Batch().replace(entry.key(), entry.revision(), clean.encode());
            return new Step(revision, batch.whenWritten(() -> resident.cold().put(first, clean)), null, List.of());
        }
        Instant now = budgets.clock().now();
        Set<Long> back = new HashSet<>();
        for (long seq : resident.uses().allSince(staying.usedSince(now))) {
            if (seq >= first && seq <= block.last() && !block.keeps(seq)) {
                back.add(seq);
            }
        }
        resident.index().standings().forEach((seq, standing) -> {
            if ((standing.pinned() || standing.correction())
                    && seq >= first
                    && seq <= block.last()
                    && !block.keeps(seq)) {
                back.add(seq);
            }
        });
        Set<Long> going = new HashSet<>();
        for (StoredMessage message : block.kept()) {
            if (!staying.stays(resident, message, now)) {
                going.add(message.seq());
            }
        }
        // Going costs a step, for one alone it is not worth.
        if (back.isEmpty() && going.size() < LEAST) {
            return null;
        }
        Batch batch = new Batch();
        return keep(resident, first, entry, block, back, going, batch)
                ? new Step(revision, batch, null, List.of())
                : null;
    }

    /** Puts into a write what keeps a message warm that is cold; nothing for any other. */
    void keep(Resident resident, long seq, Batch batch) {
        long first = resident.cold().coldIn(seq);
        RelationshipKey key = resident.key();
        Entry entry = first == 0 ? null : vault.get(key.partition(), key.messages(first), budgets.store());
        if (entry != null && ColdBlock.is(entry.bytes())) {
            boolean ignored =
                    keep(resident, first, entry, ColdBlock.decode(entry.bytes()), Set.of(seq), Set.of(), batch);
        }
    }

    private boolean keep(
            Resident resident, long first, Entry entry, ColdBlock block, Set<Long> back, Set<Long> going, Batch batch) {
        RelationshipKey key = resident.key();
        ColdSegment segment = blocks.segment(key, entry.key(), block, budgets.background());
        // What comes back is in memory too, from now on.
        thaw.bring(resident, back, budgets.background());
        TreeMap<Long, StoredMessage> kept = new TreeMap<>();
        segment.messages().stream()
                .filter(message -> !message.deleted())
                .filter(message ->
                        back.contains(message.seq()) || (block.keeps(message.seq()) && !going.contains(message.seq())))
                .forEach(message -> kept.put(message.seq(), message));
        if (kept.size() == block.kept().size() && kept.keySet().stream().allMatch(block::keeps)) {
            return false;
        }
        Entry present = vault.get(key.partition(), key.vectors(first), budgets.store());
        TreeMap<Long, VectorBlock.Embedded> vectors = new TreeMap<>();
        segment.embedded().forEach(each -> vectors.put(each.seq(), each));
        List<Entry> entries = present == null ? List.of() : List.of(present);
        embedded(entries).forEach(each -> vectors.put(each.seq(), each));
        ColdBlock now = block.keeping(
                List.copyOf(kept.values()),
                resident.gist(segment.messages(), segment.embedded(), message -> kept.containsKey(message.seq())));
        batch.replace(entry.key(), entry.revision(), now.encode());
        if (present != null) {
            batch.when(present.key(), present.revision());
        }
        boolean comparable = segment.embedder().equals(embedder);
        keepVectors(
                key,
                first,
                entries,
                comparable
                        ? vectors.values().stream()
                                .filter(each -> kept.containsKey(each.seq()))
                                .toList()
                        : List.of(),
                batch);
        batch.whenWritten(() -> resident.cold().put(first, now));
        return true;
    }
}
