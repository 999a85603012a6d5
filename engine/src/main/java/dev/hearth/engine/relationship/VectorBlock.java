package dev.hearth.engine.relationship;

import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.kernel.vector.QuantizedVector;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors of a run of messages, stored beside them so that history is read without vectors and vectors are made
 * anew without touching what was said.
 *
 * @param embedder the id of the embedder that made them; another's are never compared with them
 * @param embedded in the order of their seq
 */
public record VectorBlock(String embedder, List<Embedded> embedded) {

    /** The vectors of one message: one for each window of its text. */
    public record Embedded(long seq, List<QuantizedVector> windows) {
        public Embedded {
            windows = List.copyOf(windows);
        }
    }

    /** One after the other; several by columns, as {@link VectorColumns} says. */
    private static final int ROWS = 1;

    public VectorBlock {
        embedded = List.copyOf(embedded);
    }

    public byte[] encode() {
        if (VectorColumns.fits(embedded)) {
            return VectorColumns.encode(this);
        }
        RecordWriter out = new RecordWriter(ROWS).text(embedder).number(embedded.size());
        for (Embedded message : embedded) {
            out.number(message.seq()).number(message.windows().size());
            for (QuantizedVector window : message.windows()) {
                out.signed(Float.floatToIntBits(window.scale())).bytes(window.values());
            }
        }
        return out.toBytes();
    }

    public static VectorBlock decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(VectorColumns.FORMAT);
        if (in.formatVersion() == VectorColumns.FORMAT) {
            return VectorColumns.decode(bytes);
        }
        String embedder = in.text();
        int count = in.count(2);
        List<Embedded> embedded = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long seq = in.number();
            int windows = in.count(2);
            List<QuantizedVector> vectors = new ArrayList<>(windows);
            for (int w = 0; w < windows; w++) {
                vectors.add(new QuantizedVector(Float.intBitsToFloat((int) in.signed()), in.bytes()));
            }
            embedded.add(new Embedded(seq, vectors));
        }
        return new VectorBlock(embedder, embedded);
    }

    public VectorBlock without(long seq) {
        return new VectorBlock(
                embedder,
                embedded.stream().filter(message -> message.seq() != seq).toList());
    }
}
