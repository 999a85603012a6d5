package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.util.ArrayList;
import java.util.List;
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

    private static final int FORMAT = 1;

    /** A record as it is now. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Change(long revision, byte @Nullable [] bytes) {}

    byte[] encode() {
        RecordWriter out = new RecordWriter(FORMAT)
                .number(base)
                .number(revision)
                .signed(life)
                .number(records.size());
        records.forEach((key, change) -> {
            byte[] bytes = change.bytes();
            out.text(key).number(change.revision()).flag(bytes != null);
            if (bytes != null) {
                out.bytes(bytes);
            }
        });
        return Packed.checked(out);
    }

    static HotCopy decode(byte[] bytes) {
        RecordReader in = Packed.check(bytes).supporting(FORMAT);
        long base = in.number();
        long revision = in.number();
        long life = in.signed();
        TreeMap<String, Change> records = new TreeMap<>();
        for (int left = in.count(3); left > 0; left--) {
            String key = in.text();
            long changed = in.number();
            records.put(key, new Change(changed, in.flag() ? in.bytes() : null));
        }
        return new HotCopy(base, revision, life, records);
    }

    /** About how many bytes it takes. */
    long size() {
        long size = 0;
        for (Change change : records.values()) {
            byte[] bytes = change.bytes();
            size += bytes == null ? 0 : bytes.length;
        }
        return size;
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
                under(key.vectors()));
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

    /** A base of everything that a relationship is loaded from; null where something is damaged. */
    static @Nullable HotCopy of(Records read) {
        List<Entry> entries = read.whole();
        if (entries == null) {
            return null;
        }
        TreeMap<String, Change> records = new TreeMap<>();
        entries.forEach(entry -> records.put(entry.key(), new Change(entry.revision(), entry.bytes())));
        records.put(
                read.head().key(),
                new Change(read.head().revision(), read.head().bytes()));
        return new HotCopy(
                read.head().revision(), read.head().revision(), read.head().life(), records);
    }
}
