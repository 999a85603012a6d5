package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.Deadline;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a block, be they in the warm store or put away in the cold one. Safe for many threads. */
final class Blocks {

    private final Vault vault;
    private final Archive archive;

    Blocks(Vault vault, Archive archive) {
        this.vault = vault;
        this.archive = archive;
    }

    /**
     * The messages of a block whose seq is wanted, in order, deleted ones included. The cold store is read only where one
     * of them is nowhere else.
     *
     * @param place the block's key
     * @throws CodecException where the block is damaged, or what it stands for
     */
    List<StoredMessage> read(RelationshipKey key, String place, byte[] bytes, LongPredicate wanted, Deadline deadline) {
        if (!ColdBlock.is(bytes)) {
            return MessageBlock.decode(bytes, wanted);
        }
        ColdBlock block = ColdBlock.decode(bytes);
        boolean warm = LongStream.rangeClosed(key.firstSeq(place), block.last())
                .filter(wanted)
                .allMatch(block::keeps);
        List<StoredMessage> from =
                warm ? block.kept() : segment(key, place, block, deadline).messages();
        return from.stream().filter(message -> wanted.test(message.seq())).toList();
    }

    /**
     * The segment in an object; null where it is not there.
     *
     * @throws CodecException where it is damaged
     */
    @Nullable
    ColdSegment object(RelationshipKey key, String name, Deadline deadline) {
        return archive.find(key, name, deadline);
    }

    /** What an entry stands for. Where it was put away anew since the entry was read, that. */
    ColdSegment segment(RelationshipKey key, String place, ColdBlock block, Deadline deadline) {
        ColdSegment there = archive.find(key, block.object(), deadline);
        if (there != null) {
            return there;
        }
        Entry entry = vault.get(key.partition(), place, deadline);
        ColdBlock now = entry == null || !ColdBlock.is(entry.bytes()) ? block : ColdBlock.decode(entry.bytes());
        if (!now.object().equals(block.object())) {
            return archive.get(key, now.object(), deadline);
        }
        // An entry that was restored from a backup: its segment was put away anew since, without what was erased.
        String other = archive.newest(key, key.firstSeq(place));
        return archive.get(key, other == null ? block.object() : other, deadline);
    }
}
