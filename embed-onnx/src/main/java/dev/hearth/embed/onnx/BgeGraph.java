package dev.hearth.embed.onnx;

import static dev.hearth.embed.onnx.GraphWriter.attribute;

import dev.hearth.embed.onnx.ModelFile.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The same network as the model file's, written again for what it is used for here: one text, its first row.
 *
 * <p>The file is a general export that onnxruntime fuses only in part. This graph has the file's weights, byte for
 * byte, under fused operators; one product for query, key and value; no mask and no token types, since there is no
 * padding and one segment; and a last layer that computes the first row alone, all that {@code [CLS]} pooling reads.
 * Measured: 0.6 to 0.7 of the file's time. Vectors agree with the file's to rounding, which dynamic
 * quantization amplifies: cosine 0.995 and better.
 *
 * <p>Source of the network: Devlin et al., "BERT" (2018): 12 layers, 12 heads, 384 wide.
 */
final class BgeGraph {

    static final String INPUT = "input_ids";

    private static final int LAYERS = 12;
    private static final int HEADS = 12;
    private static final int WIDTH = BgeModel.DIMENSION;
    private static final float EPSILON = 1e-12f;

    /** Stands for an optional input that is left out. */
    private static final String NONE = "";

    private final ModelFile file;
    private final GraphWriter graph;

    private BgeGraph(ModelFile file) {
        this.file = file;
        this.graph = new GraphWriter(file);
    }

    /**
     * The model to run in place of {@code file}. Input: {@value #INPUT}, int64 (1, tokens); output: float (1, 1, 384).
     *
     * @throws IllegalArgumentException where the file is not the export this knows
     */
    static byte[] of(byte[] file) {
        return new BgeGraph(new ModelFile(file)).write();
    }

    private byte[] write() {
        ByteBuffer zero = ByteBuffer.allocate(Long.BYTES);
        graph.constant("zero", Tensor.INT64, zero, 1);
        graph.constant("split3", Tensor.INT64, widths(3), 3);
        graph.constant("split2", Tensor.INT64, widths(2), 2);
        String states = embeddings();
        for (int layer = 0; layer < LAYERS; layer++) {
            states = layer(layer, states);
        }
        return graph.model(INPUT, states, WIDTH);
    }

    private String embeddings() {
        graph.constant("places", Tensor.FLOAT, places(), Windows.LENGTH, WIDTH);
        graph.node("Shape", List.of(INPUT), List.of("length"), attribute("start", 1));
        graph.node("Slice", List.of("places", "zero", "length", "zero"), List.of("own_places"));
        String words = "embeddings.word_embeddings.weight";
        graph.node("Gather", List.of(graph.keep(words + "_quantized"), INPUT), List.of("small_words"));
        String scale = graph.keep(words + "_scale");
        String zeroPoint = graph.keep(words + "_zero_point");
        graph.node("DequantizeLinear", List.of("small_words", scale, zeroPoint), List.of("words"));
        String sum = graph.node("Add", List.of("words", "own_places"), List.of("embedded"));
        return graph.node("LayerNormalization", normInputs("embeddings.LayerNorm", sum), List.of("states"), epsilon());
    }

    private String layer(int layer, String states) {
        boolean last = layer == LAYERS - 1;
        UnaryOperator<String> own = name -> "layer" + layer + "_" + name;
        String path = "/encoder/layer." + layer;
        String name = "encoder.layer." + layer;
        String residual = states;
        List<String> parts = List.of("query", "key", "value");
        if (last) {
            residual = graph.node("Gather", List.of(states, "zero"), List.of("first_row"), attribute("axis", 1));
            dense(path + "/attention/self/query", name + ".attention.self.query.bias", residual, own.apply("query"));
            parts = List.of("key", "value");
        }
        projections(layer, parts, states, own);
        List<String> attended = List.of(own.apply("query"), own.apply("key"), own.apply("value"));
        String mixed =
                graph.fused("MultiHeadAttention", attended, List.of(own.apply("mixed")), attribute("num_heads", HEADS));
        String output = name + ".attention.output";
        String projected =
                dense(path + "/attention/output/dense", output + ".dense.bias", mixed, own.apply("projected"));
        String attention = norm(output + ".LayerNorm", projected, residual, own.apply("attention"));
        String wide =
                dense(path + "/intermediate/dense", name + ".intermediate.dense.bias", attention, own.apply("wide"));
        String active = graph.fused("Gelu", List.of(wide), List.of(own.apply("active")));
        String narrow = dense(path + "/output/dense", name + ".output.dense.bias", active, own.apply("narrow"));
        return norm(name + ".output.LayerNorm", narrow, attention, own.apply("states"));
    }

    /** Query, key and value in one product: their weights side by side, split after. */
    private void projections(int layer, List<String> parts, String states, UnaryOperator<String> own) {
        List<Tensor> weights = new ArrayList<>();
        List<Tensor> scales = new ArrayList<>();
        List<Tensor> biases = new ArrayList<>();
        for (String part : parts) {
            String weight = file.weight("/encoder/layer." + layer + "/attention/self/" + part);
            weights.add(file.tensor(weight + "_quantized"));
            scales.add(file.tensor(weight + "_scale"));
            requireSymmetric(weight);
            biases.add(file.tensor("encoder.layer." + layer + ".attention.self." + part + ".bias"));
        }
        List<String> quantized = List.of(own.apply("small"), own.apply("small_scale"), own.apply("small_zero"));
        graph.node("DynamicQuantizeLinear", List.of(states), quantized);
        String weight = beside(own.apply("weight"), weights, WIDTH, WIDTH);
        String scale = beside(own.apply("scale"), scales, 1, WIDTH * Float.BYTES);
        String bias = beside(own.apply("bias"), biases, 1, WIDTH * Float.BYTES);
        String product = graph.fused(
                "MatMulIntegerToFloat",
                List.of(quantized.get(0), weight, quantized.get(1), scale, quantized.get(2), NONE, bias),
                List.of(own.apply("projections")));
        List<String> outputs = parts.stream().map(own).toList();
        graph.node("Split", List.of(product, "split" + parts.size()), outputs, attribute("axis", 2));
    }

    /** The tensors' rows one beside the other, as one constant; each has {@code rows} of {@code rowBytes}. */
    private String beside(String name, List<Tensor> tensors, int rows, int rowBytes) {
        ByteBuffer joined = ByteBuffer.allocate(rows * rowBytes * tensors.size());
        for (int row = 0; row < rows; row++) {
            for (Tensor tensor : tensors) {
                joined.put(tensor.data().slice(row * rowBytes, rowBytes));
            }
        }
        long columns = (long) WIDTH * tensors.size();
        long[] dimensions = rows == 1 ? new long[] {columns} : new long[] {rows, columns};
        return graph.constant(name, tensors.getFirst().type(), joined.flip(), dimensions);
    }

    private String dense(String path, String bias, String input, String output) {
        String weight = file.weight(path);
        requireSymmetric(weight);
        String quantized = graph.keep(weight + "_quantized");
        String scale = graph.keep(weight + "_scale");
        List<String> inputs = List.of(input, quantized, scale, NONE, graph.keep(bias));
        return graph.fused("DynamicQuantizeMatMul", inputs, List.of(output));
    }

    /** Without zero points a product is faster, and this export's are all zero. */
    private void requireSymmetric(String weight) {
        ByteBuffer zeroPoints = file.tensor(weight + "_zero_point").data();
        for (int index = 0; index < zeroPoints.limit(); index++) {
            if (zeroPoints.get(index) != 0) {
                throw new IllegalArgumentException("the model file's weight has zero points: " + weight);
            }
        }
    }

    private String norm(String name, String input, String residual, String output) {
        List<String> inputs = normInputs(name, input, residual);
        return graph.fused("SkipLayerNormalization", inputs, List.of(output), epsilon());
    }

    private List<String> normInputs(String name, String... inputs) {
        List<String> all = new ArrayList<>(List.of(inputs));
        all.add(graph.keep(name + ".weight"));
        all.add(graph.keep(name + ".bias"));
        return all;
    }

    /** What each place in the window adds to its word: the place's own row and the only segment's. */
    private ByteBuffer places() {
        float[] place = dequantized("embeddings.position_embeddings.weight");
        float[] segment = dequantized("embeddings.token_type_embeddings.weight");
        ByteBuffer rows = ByteBuffer.allocate(place.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < place.length; index++) {
            rows.putFloat(place[index] + segment[index % WIDTH]);
        }
        return rows.flip();
    }

    private float[] dequantized(String name) {
        int zeroPoint = file.tensor(name + "_zero_point").data().get(0) & 0xFF;
        float scale = file.tensor(name + "_scale").decimal(0);
        ByteBuffer values = file.tensor(name + "_quantized").data();
        float[] result = new float[values.limit()];
        for (int index = 0; index < result.length; index++) {
            result[index] = scale * ((values.get(index) & 0xFF) - zeroPoint);
        }
        return result;
    }

    private static ByteBuffer widths(int count) {
        ByteBuffer widths = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < count; index++) {
            widths.putLong(WIDTH);
        }
        return widths.flip();
    }

    private static ProtoWriter epsilon() {
        return attribute("epsilon", EPSILON);
    }
}
