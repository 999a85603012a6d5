package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A relationship's records in the hot store: a base with all of them as they were at some revision of the head, and beside
 * it what has changed since. Whoever reads both knows the relationship without the warm store, as it was when the
 * changes were written.
 *
 * @param base the revision that the base stands for
 * @param revision the revision of the head that this stands for, at least {@code base}
 * @param life which life of the partition it belongs to
 * @param records by key; of the changes, null bytes for what is gone
 */
record HotCopy(long base, long revision, long life, TreeMap<String, Change> records) {

    private static final int FORMAT = 2;

    /**
     * A record as it is now.
     *
     * @param bytes null for one that is gone
     * @param analysed of a block of messages what is known of its words; null where nobody has found it out
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Change(
            long revision,
            byte @Nullable [] bytes,
            @Nullable AnalysisBlock analysed) {

        private static final int BYTES_A_RECORD = 80;

        /** About how many bytes it takes. */
        long size() {
            return BYTES_A_RECORD + (bytes == null ? 0 : bytes.length) + (analysed == null ? 0 : analysed.bytes());
        }

        private void encode(RecordWriter out) {
            out.number(revision).flag(bytes != null);
            if (bytes != null) {
                out.bytes(bytes);
            }
            out.flag(analysed != null);
            if (analysed != null) {
                out.bytes(analysed.encode());
            }
        }

        private static Change decode(RecordReader in) {
            long revision = in.number();
            byte[] bytes = in.flag() ? in.bytes() : null;
            return new Change(revision, bytes, in.flag() ? AnalysisBlock.decode(in.bytes()) : null);
        }
    }

    byte[] encode() {
        RecordWriter out = new RecordWriter(FORMAT)
                .number(base)
                .number(revision)
                .signed(life)
                .number(records.size());
        records.forEach((key, change) -> change.encode(out.text(key)));
        return Packed.checked(out);
    }

    static HotCopy decode(byte[] bytes) {
        RecordReader in = Packed.check(bytes);
        if (in.formatVersion() != FORMAT) {
            throw new CodecException("A hot copy of another version's.");
        }
        long base = in.number();
        long revision = in.number();
        long life = in.signed();
        TreeMap<String, Change> records = new TreeMap<>();
        for (int left = in.count(4); left > 0; left--) {
            records.put(in.text(), Change.decode(in));
        }
        return new HotCopy(base, revision, life, records);
    }

    /** About how many bytes it takes, and hardly more once it is encoded. */
    long size() {
        return records.values().stream().mapToLong(Change::size).sum();
    }

    /** This where it takes at most so many bytes, or what is left without what is known of words; null for more. */
    @Nullable
    HotCopy within(long most) {
        if (size() <= most) {
            return this;
        }
        TreeMap<String, Change> bare = new TreeMap<>(records);
        bare.replaceAll((key, change) -> new Change(change.revision(), change.bytes(), null));
        HotCopy less = new HotCopy(base, revision, life, bare);
        return less.size() <= most ? less : null;
    }

    /** This with the changes in place; null where they were not made to it. */
    @Nullable
    HotCopy with(HotCopy changes) {
        if (changes.base != base || changes.life != life || changes.revision < revision) {
            return null;
        }
        TreeMap<String, Change> now = new TreeMap<>(records);
        now.putAll(changes.records);
        now.values().removeIf(change -> change.bytes() == null);
        return new HotCopy(base, changes.revision, life, now);
    }

    /** What a relationship is loaded from. */
    Records records(RelationshipKey key) {
        Change head = records.get(key.head());
        if (head == null || head.bytes() == null) {
            throw new CodecException("A hot copy without its head.");
        }
        Change uses = records.get(key.uses());
        return new Records(
                new Entry(key.head(), head.revision(), head.bytes(), life),
                uses == null || uses.bytes() == null
                        ? null
                        : new Opened.Whole(new Entry(key.uses(), uses.revision(), uses.bytes(), life)),
                under(key.standings()),
                under(key.messages()),
                under(key.vectors()),
                analyses());
    }

    private Map<String, AnalysisBlock> analyses() {
        Map<String, AnalysisBlock> analyses = new HashMap<>();
        records.forEach((key, change) -> {
            if (change.analysed() != null) {
                analyses.put(key, change.analysed());
            }
        });
        return analyses;
    }

    /** This with what is known of the words of each block of messages. Reads those of which nobody has found it out. */
    HotCopy analysed(RelationshipKey key) {
        TreeMap<String, Change> all = new TreeMap<>(records);
        all.replaceAll((name, change) -> {
            byte[] bytes = change.bytes();
            return bytes == null || change.analysed() != null || !name.startsWith(key.messages())
                    ? change
                    : new Change(change.revision(), bytes, analysis(bytes));
        });
        return new HotCopy(base, revision, life, all);
    }

    private static @Nullable AnalysisBlock analysis(byte[] block) {
        try {
            List<StoredMessage> messages = ColdBlock.is(block)
                    ? ColdBlock.decode(block).kept()
                    : MessageBlock.decode(block).messages();
            return AnalysisBlock.of(messages);
        } catch (CodecException | IllegalArgumentException damaged) {
            // Whoever loads it says so.
            return null;
        }
    }

    private List<Opened> under(String prefix) {
        List<Opened> found = new ArrayList<>();
        records.subMap(prefix, prefix + Character.MAX_VALUE).forEach((key, change) -> {
            byte[] bytes = change.bytes();
            if (bytes != null) {
                found.add(new Opened.Whole(new Entry(key, change.revision(), bytes, life)));
            }
        });
        return found;
    }

    /**
     * A base of everything that a relationship is loaded from; null where something is damaged.
     *
     * @param analyses what was found out about the words of its blocks, by their keys
     */
    static @Nullable HotCopy of(Records read, Map<String, AnalysisBlock> analyses) {
        List<Entry> entries = read.whole();
        if (entries == null) {
            return null;
        }
        TreeMap<String, Change> records = new TreeMap<>();
        entries.forEach(entry ->
                records.put(entry.key(), new Change(entry.revision(), entry.bytes(), analyses.get(entry.key()))));
        records.put(
                read.head().key(),
                new Change(read.head().revision(), read.head().bytes(), null));
        return new HotCopy(
                read.head().revision(), read.head().revision(), read.head().life(), records);
    }
}
