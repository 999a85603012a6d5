package dev.hearth.embed.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link BgeGraph} takes from an ONNX file: its tensors by name, and which quantized weight each integer matrix
 * product uses. Field numbers are those of onnx.proto3. Tensors are slices of the file's bytes. Immutable.
 */
final class ModelFile {

    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final String QUANTIZED = "_quantized";

    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, String> weights = new HashMap<>();

    ModelFile(byte[] file) {
        ProtoReader model = new ProtoReader(ByteBuffer.wrap(file));
        while (model.next()) {
            if (model.field() == MODEL_GRAPH) {
                readGraph(new ProtoReader(model.content()));
            }
        }
    }

    Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the model file has no tensor " + name);
        }
        return tensor;
    }

    /** The weight of the dense layer at {@code path}, without the suffix that says which part of it. */
    String weight(String path) {
        String weight = weights.get(path + "/MatMul_quant");
        if (weight == null || !weight.endsWith(QUANTIZED)) {
            throw new IllegalArgumentException("the model file has no quantized layer " + path);
        }
        return weight.substring(0, weight.length() - QUANTIZED.length());
    }

    private void readGraph(ProtoReader graph) {
        while (graph.next()) {
            if (graph.field() == GRAPH_INITIALIZER) {
                Tensor tensor = Tensor.read(graph.content());
                tensors.put(tensor.name(), tensor);
            } else if (graph.field() == GRAPH_NODE) {
                readNode(new ProtoReader(graph.content()));
            }
        }
    }

    private void readNode(ProtoReader node) {
        List<String> inputs = new ArrayList<>();
        String name = "";
        String operator = "";
        while (node.next()) {
            switch (node.field()) {
                case 1 -> inputs.add(node.text());
                case 3 -> name = node.text();
                case 4 -> operator = node.text();
                default -> {}
            }
        }
        if (operator.equals("MatMulInteger")) {
            weights.put(name, inputs.get(1));
        }
    }

    /**
     * A constant.
     *
     * @param message the tensor as the file has it
     * @param data its elements, little-endian: 4 bytes for a float, 1 for an 8-bit integer
     */
    record Tensor(String name, int type, ByteBuffer message, ByteBuffer data) {

        static final int FLOAT = 1;
        static final int INT64 = 7;

        static Tensor read(ByteBuffer message) {
            ProtoReader reader = new ProtoReader(message);
            String name = "";
            int type = 0;
            ByteBuffer data = ByteBuffer.allocate(0);
            while (reader.next()) {
                switch (reader.field()) {
                    case 2 -> type = (int) reader.number();
                    case 4, 9 -> data = reader.content();
                    case 5 -> data = narrowed(reader.content(), reader.number());
                    case 8 -> name = reader.text();
                    default -> {}
                }
            }
            return new Tensor(name, type, message, data.order(ByteOrder.LITTLE_ENDIAN));
        }

        /** 8-bit integers that stand as packed varints, or one alone as a plain varint. */
        private static ByteBuffer narrowed(ByteBuffer packed, long single) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.max(1, packed.remaining()));
            if (!packed.hasRemaining()) {
                bytes.put((byte) single);
            }
            while (packed.hasRemaining()) {
                bytes.put((byte) ProtoReader.varint(packed));
            }
            return bytes.flip().slice();
        }

        float decimal(int index) {
            return data.getFloat(index * Float.BYTES);
        }
    }
}
