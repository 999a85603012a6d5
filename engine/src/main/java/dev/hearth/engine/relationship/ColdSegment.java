package dev.hearth.engine.relationship;

import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.kernel.vector.ArchivedVectors;
import dev.hearth.kernel.vector.QuantizedVector;
import java.util.ArrayList;
import java.util.List;

/**
 * A segment as it is put away: messages word for word in one packed run, vectors at {@value #BITS} bits a dimension
 * after their mean was taken off, all of it in one checksummed object. It is read whole.
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
        float[] mean = mean(dimension);
        for (float component : mean) {
            half(component, out);
        }
        for (VectorBlock.Embedded message : embedded) {
            for (QuantizedVector window : message.windows()) {
                ArchivedVectors.Code code = archive.encode(plus(window.toFloats(), mean, -1));
                half(code.scale(), out);
                for (byte octet : code.code()) {
                    out.octet(octet);
                }
            }
        }
        return Packed.checked(out);
    }

    /** The mean of all vectors, rounded as it is stored. */
    private float[] mean(int dimension) {
        float[] sum = new float[dimension];
        int rows = 0;
        for (VectorBlock.Embedded message : embedded) {
            for (QuantizedVector window : message.windows()) {
                sum = plus(sum, window.toFloats(), 1);
                rows++;
            }
        }
        for (int i = 0; i < dimension; i++) {
            sum[i] = rows == 0 ? 0 : Float.float16ToFloat(Float.floatToFloat16(sum[i] / rows));
        }
        return sum;
    }

    private static float[] plus(float[] one, float[] other, int sign) {
        float[] sum = new float[one.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = one[i] + sign * other[i];
        }
        return sum;
    }

    private static void half(float value, RecordWriter out) {
        short bits = Float.floatToFloat16(value);
        out.octet(bits).octet(bits >>> 8);
    }

    private static float half(RecordReader in) {
        return Float.float16ToFloat((short) (in.octet() | in.octet() << 8));
    }

    /**
     * Reads an object with any number of bits.
     *
     * @throws CodecException where a byte is not what it was
     */
    public static ColdSegment decode(byte[] bytes) {
        RecordReader in = Packed.check(bytes).supporting(FORMAT);
        List<StoredMessage> messages = MessageColumnReader.read(in.bytes(), any -> true);
        String embedder = in.text();
        int dimension = (int) in.number();
        ArchivedVectors archive = new ArchivedVectors(dimension, (int) in.number());
        int count = in.count(2);
        long[] seqs = new long[count];
        int[] windows = new int[count];
        for (int i = 0; i < count; i++) {
            seqs[i] = i == 0 ? in.number() : seqs[i - 1] + in.number();
            windows[i] = in.count(1);
        }
        float[] mean = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            mean[i] = half(in);
        }
        List<VectorBlock.Embedded> embedded = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            List<QuantizedVector> vectors = new ArrayList<>(windows[i]);
            for (int w = 0; w < windows[i]; w++) {
                float scale = half(in);
                byte[] code = new byte[archive.codeBytes()];
                for (int at = 0; at < code.length; at++) {
                    code[at] = (byte) in.octet();
                }
                vectors.add(QuantizedVector.of(plus(archive.decode(new ArchivedVectors.Code(scale, code)), mean, 1)));
            }
            embedded.add(new VectorBlock.Embedded(seqs[i], vectors));
        }
        return new ColdSegment(messages, embedder, embedded);
    }
}
