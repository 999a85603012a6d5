package dev.hearth.engine.relationship;

import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.kernel.vector.ArchivedVectors;
import dev.hearth.kernel.vector.QuantizedVector;
import java.util.ArrayList;
import java.util.List;

/**
 * A segment as it is put away: messages word for word in one packed run, vectors at {@value #BITS} bits a dimension,
 * all of it in one checksummed object. It is read whole.
 *
 * @param messages in the order of their seq, at least one
 * @param embedder the id of the embedder that made the vectors
 * @param embedded the vectors of those messages that have any; read back they are near what they were
 */
public record ColdSegment(List<StoredMessage> messages, String embedder, List<VectorBlock.Embedded> embedded) {

    private static final int FORMAT = 1;

    /** {@code hearth bench storage} measures what recall costs. */
    private static final int BITS = 2;

    public ColdSegment {
        messages = List.copyOf(messages);
        embedded = List.copyOf(embedded);
    }

    public byte[] encode() {
        return encode(BITS);
    }

    /**
     * The object, its vectors at another number of bits.
     *
     * @param bits 1 to 4
     */
    public byte[] encode(int bits) {
        int dimension = embedded.isEmpty()
                ? 1
                : embedded.getFirst().windows().getFirst().values().length;
        ArchivedVectors archive = new ArchivedVectors(dimension, bits);
        RecordWriter out = new RecordWriter(FORMAT)
                .bytes(MessageColumns.encodeTightly(messages))
                .text(embedder)
                .number(dimension)
                .number(bits)
                .number(embedded.size());
        long before = 0;
        for (VectorBlock.Embedded message : embedded) {
            out.number(message.seq() - before).number(message.windows().size());
            before = message.seq();
        }
        for (VectorBlock.Embedded message : embedded) {
            for (QuantizedVector window : message.windows()) {
                ArchivedVectors.Code code = archive.encode(window.toFloats());
                short scale = Float.floatToFloat16(code.scale());
                out.octet(scale).octet(scale >>> 8);
                for (byte octet : code.code()) {
                    out.octet(octet);
                }
            }
        }
        return Packed.checked(out);
    }

    /**
     * Reads an object with any number of bits.
     *
     * @throws CodecException where a byte is not what it was
     */
    public static ColdSegment decode(byte[] bytes) {
        RecordReader in = Packed.check(bytes).supporting(FORMAT);
        List<StoredMessage> messages = MessageColumns.decode(in.bytes(), any -> true);
        String embedder = in.text();
        ArchivedVectors archive = new ArchivedVectors((int) in.number(), (int) in.number());
        int count = in.count(2);
        long[] seqs = new long[count];
        int[] windows = new int[count];
        for (int i = 0; i < count; i++) {
            seqs[i] = i == 0 ? in.number() : seqs[i - 1] + in.number();
            windows[i] = in.count(1);
        }
        List<VectorBlock.Embedded> embedded = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            List<QuantizedVector> vectors = new ArrayList<>(windows[i]);
            for (int w = 0; w < windows[i]; w++) {
                float scale = Float.float16ToFloat((short) (in.octet() | in.octet() << 8));
                byte[] code = new byte[archive.codeBytes()];
                for (int at = 0; at < code.length; at++) {
                    code[at] = (byte) in.octet();
                }
                vectors.add(QuantizedVector.of(archive.decode(new ArchivedVectors.Code(scale, code))));
            }
            embedded.add(new VectorBlock.Embedded(seqs[i], vectors));
        }
        return new ColdSegment(messages, embedder, embedded);
    }
}
