package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.EmbeddedMessages;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.kernel.vector.QuantizedRows;
import dev.hearth.kernel.vector.QuantizedVector;
import java.util.ArrayList;
import java.util.List;

/** Vectors by columns: which messages have how many, then all scales, then all values, packed together. */
final class VectorColumns {

    static final int FORMAT = 2;

    private VectorColumns() {}

    static boolean fits(List<VectorBlock.Embedded> embedded) {
        return embedded.size() > 1
                && embedded.stream()
                                .flatMap(message -> message.windows().stream())
                                .mapToInt(window -> window.values().length)
                                .distinct()
                                .count()
                        == 1;
    }

    static byte[] encode(VectorBlock block) {
        List<QuantizedVector> rows = block.embedded().stream()
                .flatMap(message -> message.windows().stream())
                .toList();
        int dimension = rows.getFirst().values().length;
        RecordWriter out = new RecordWriter(FORMAT)
                .text(block.embedder())
                .number(block.embedded().size())
                .number(dimension);
        long before = 0;
        for (VectorBlock.Embedded message : block.embedded()) {
            out.number(message.seq() - before).number(message.windows().size());
            before = message.seq();
        }
        byte[] values = new byte[rows.size() * dimension];
        for (int row = 0; row < rows.size(); row++) {
            out.real32(rows.get(row).scale());
            System.arraycopy(rows.get(row).values(), 0, values, row * dimension, dimension);
        }
        Packed.write(out, values, Packed.QUICK);
        return Packed.checked(out);
    }

    static VectorBlock decode(byte[] bytes) {
        VectorRows read = rows(bytes);
        EmbeddedMessages messages = read.messages();
        List<VectorBlock.Embedded> embedded = new ArrayList<>(messages.seqs().length);
        int row = 0;
        for (int i = 0; i < messages.seqs().length; i++) {
            List<QuantizedVector> vectors = new ArrayList<>(messages.windows()[i]);
            for (int w = 0; w < messages.windows()[i]; w++, row++) {
                vectors.add(messages.rows().vector(row));
            }
            embedded.add(new VectorBlock.Embedded(messages.seqs()[i], vectors));
        }
        return new VectorBlock(read.embedder(), embedded);
    }

    static VectorRows rows(byte[] bytes) {
        RecordReader in = Packed.check(bytes).supporting(FORMAT);
        String embedder = in.text();
        int count = in.count(2);
        int dimension = (int) in.number();
        long[] seqs = new long[count];
        int[] windows = new int[count];
        int rows = 0;
        for (int i = 0; i < count; i++) {
            seqs[i] = i == 0 ? in.number() : seqs[i - 1] + in.number();
            windows[i] = in.count(1);
            rows += windows[i];
        }
        float[] scales = new float[rows];
        for (int row = 0; row < rows; row++) {
            scales[row] = in.real32();
        }
        byte[] values = Packed.read(in);
        if (values.length != (long) rows * dimension) {
            throw new CodecException("Damaged record: " + values.length + " bytes of vectors.");
        }
        return new VectorRows(
                embedder, new EmbeddedMessages(seqs, windows, new QuantizedRows(dimension, scales, values)));
    }
}
