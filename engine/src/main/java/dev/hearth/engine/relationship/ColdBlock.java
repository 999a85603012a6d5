package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.Gist;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.kernel.vector.QuantizedVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What stays in the warm store, in the place of a segment whose messages were put away in one cold object: where they
 * are, what a query can know of them, and those that stay warm. All entries of a relationship together are its directory
 * of what is cold.
 *
 * @param object the name of the cold object, which holds every message of the segment, the warm ones too
 * @param bytes how many bytes the object takes, sealed
 * @param former objects that it took the place of and that may still be there
 * @param last the seq of the last message
 * @param messages how many messages there are that are not deleted, the warm ones too
 * @param gist what is known of those that are not warm
 * @param imported the external hashes of what was imported, by seq
 * @param kept the messages that stay warm, rising
 */
record ColdBlock(
        String object,
        long bytes,
        List<String> former,
        long last,
        int messages,
        Gist gist,
        TreeMap<Long, Long> imported,
        List<StoredMessage> kept) {

    /** Far from those of blocks of messages, in whose place it stands. */
    private static final int FORMAT = 100;

    ColdBlock {
        former = List.copyOf(former);
        kept = List.copyOf(kept);
    }

    /** Whether a record in the place of a block of messages is one of these. */
    static boolean is(byte[] bytes) {
        return new RecordReader(bytes).formatVersion() == FORMAT;
    }

    /** Whether it is this object that has the segment, or had it and is still to be removed. */
    boolean names(String name) {
        return object.equals(name) || former.contains(name);
    }

    /** Whether a message of the segment is in the warm store too. */
    boolean keeps(long seq) {
        return kept.stream().anyMatch(message -> message.seq() == seq);
    }

    /** The same with other messages warm. */
    ColdBlock keeping(List<StoredMessage> messages, Gist other) {
        return new ColdBlock(object, bytes, former, last, this.messages, other, imported, messages);
    }

    /** The same once what it took the place of is gone. */
    ColdBlock withoutFormer() {
        return new ColdBlock(object, bytes, List.of(), last, messages, gist, imported, kept);
    }

    byte[] encode() {
        RecordWriter out = new RecordWriter(FORMAT).text(object).number(bytes).number(former.size());
        former.forEach(out::text);
        out.number(last).number(messages);
        out.instant(gist.from()).instant(gist.until());
        out.number(gist.terms().length);
        int before = 0;
        for (int term : gist.terms()) {
            out.number(term - before);
            before = term;
        }
        out.number(gist.centres().size());
        for (QuantizedVector centre : gist.centres()) {
            out.real32(centre.scale()).bytes(centre.values());
        }
        out.number(imported.size());
        imported.forEach((seq, hash) -> out.number(seq).signed(hash));
        out.bytes(kept.isEmpty() ? new byte[0] : new MessageBlock(kept).encode());
        return Packed.checked(out);
    }

    /**
     * Reads an entry.
     *
     * @throws CodecException where a byte is not what it was
     */
    static ColdBlock decode(byte[] bytes) {
        RecordReader in = Packed.check(bytes).supporting(FORMAT);
        String object = in.text();
        long size = in.number();
        int formers = in.count(1);
        List<String> former = new ArrayList<>(formers);
        for (int i = 0; i < formers; i++) {
            former.add(in.text());
        }
        long last = in.number();
        int messages = (int) in.number();
        Instant from = in.instant();
        Instant until = in.instant();
        int[] terms = new int[in.count(1)];
        int before = 0;
        for (int i = 0; i < terms.length; i++) {
            before += (int) in.number();
            terms[i] = before;
        }
        int count = in.count(Float.BYTES);
        List<QuantizedVector> centres = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            centres.add(new QuantizedVector(in.real32(), in.bytes()));
        }
        int imports = in.count(2);
        TreeMap<Long, Long> imported = new TreeMap<>();
        for (int i = 0; i < imports; i++) {
            imported.put(in.number(), in.signed());
        }
        byte[] kept = in.bytes();
        return new ColdBlock(
                object,
                size,
                former,
                last,
                messages,
                new Gist(from, until, terms, centres),
                imported,
                kept.length == 0 ? List.of() : MessageBlock.decode(kept).messages());
    }
}
