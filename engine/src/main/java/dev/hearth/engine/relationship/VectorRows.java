package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.EmbeddedMessages;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.vector.QuantizedRows;
import dev.hearth.kernel.vector.QuantizedVector;
import java.util.List;

/**
 * A {@link VectorBlock} as it is taken into an index, without an object for each vector.
 *
 * @param embedder the id of the embedder that made them
 */
record VectorRows(String embedder, EmbeddedMessages messages) {

    /**
     * Reads a block of any format.
     *
     * @throws CodecException where the bytes are damaged
     * @throws IllegalArgumentException where they are no vectors of one dimension
     */
    static VectorRows decode(byte[] bytes) {
        if (new RecordReader(bytes).formatVersion() == VectorColumns.FORMAT) {
            return VectorColumns.rows(bytes);
        }
        VectorBlock block = VectorBlock.decode(bytes);
        List<QuantizedVector> vectors = block.embedded().stream()
                .flatMap(message -> message.windows().stream())
                .toList();
        int dimension = vectors.isEmpty() ? 1 : vectors.getFirst().values().length;
        float[] scales = new float[vectors.size()];
        byte[] values = new byte[vectors.size() * dimension];
        for (int row = 0; row < scales.length; row++) {
            byte[] one = vectors.get(row).values();
            if (one.length != dimension) {
                throw new CodecException("Damaged record: vectors of " + dimension + " and " + one.length + " bytes.");
            }
            scales[row] = vectors.get(row).scale();
            System.arraycopy(one, 0, values, row * dimension, dimension);
        }
        return new VectorRows(
                block.embedder(),
                new EmbeddedMessages(
                        block.embedded().stream()
                                .mapToLong(VectorBlock.Embedded::seq)
                                .toArray(),
                        block.embedded().stream()
                                .mapToInt(message -> message.windows().size())
                                .toArray(),
                        new QuantizedRows(dimension, scales, values)));
    }
}
