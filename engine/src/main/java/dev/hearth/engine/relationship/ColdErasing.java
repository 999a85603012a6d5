package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.recall.Gist;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts one cold segment away anew without what a write erases: a new object before the write, which names it, and the old
 * one removed after it ({@link ColdBeside}). Where the process dies between, the entry says which object is still to be removed. Made for
 * that write.
 */
final class ColdErasing {

    private final Resident resident;
    private final Archive archive;
    private final String place;
    private final long revision;
    private final ColdBlock block;
    private final ColdSegment segment;
    private final ColdBeside beside;
    private final TreeMap<Long, StoredMessage> messages = new TreeMap<>();

    ColdErasing(
            Resident resident,
            Archive archive,
            String place,
            long revision,
            ColdBlock block,
            ColdSegment segment,
            ColdBeside beside) {
        this.beside = beside;
        this.resident = resident;
        this.archive = archive;
        this.place = place;
        this.revision = revision;
        this.block = block;
        this.segment = segment;
        segment.messages().forEach(message -> messages.put(message.seq(), message));
    }

    /** Erases a message and answers it as it was; null where it is gone already. */
    @Nullable
    StoredMessage erase(long seq) {
        StoredMessage message = messages.get(seq);
        if (message == null || message.deleted()) {
            return null;
        }
        messages.put(seq, message.erased());
        return message;
    }

    /** Puts the new object, and its entry into the write. */
    void into(Batch batch) {
        RelationshipKey key = resident.key();
        List<VectorBlock.Embedded> vectors = segment.embedded().stream()
                .filter(embedded -> lives(embedded.seq()))
                .toList();
        List<StoredMessage> all = List.copyOf(messages.values());
        archive.vectors()
                .remove(
                        key,
                        segment.embedded().stream()
                                .filter(embedded -> !lives(embedded.seq()))
                                .toList());
        long first = key.firstSeq(place);
        ColdSegment without = new ColdSegment(all, segment.embedder(), vectors);
        Archive.Put put = archive.put(key, resident.life(), resident.revision(), first, without);
        List<StoredMessage> kept =
                block.kept().stream().filter(message -> lives(message.seq())).toList();
        List<String> former = new ArrayList<>(block.former());
        former.add(block.object());
        ColdBlock now = new ColdBlock(
                put.name(),
                put.bytes(),
                former,
                block.last(),
                (int) all.stream().filter(message -> !message.deleted()).count(),
                gist(all, vectors, kept),
                block.imported(),
                kept);
        batch.replace(place, revision, now.encode());
        batch.whenWritten(() -> {
            resident.cold().put(first, now);
            beside.wrote(put.name(), without, former);
        });
    }

    private boolean lives(long seq) {
        StoredMessage message = messages.get(seq);
        return message != null && !message.deleted();
    }

    private Gist gist(List<StoredMessage> all, List<VectorBlock.Embedded> vectors, List<StoredMessage> kept) {
        return resident.gist(all, vectors, message -> kept.stream().anyMatch(warm -> warm.seq() == message.seq()));
    }
}
