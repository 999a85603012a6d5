package dev.hearth.embed.onnx;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Builds an ONNX graph node by node. Field numbers are those of onnx.proto3. One use, one thread. */
final class GraphWriter {

    private static final String MICROSOFT = "com.microsoft";
    private static final int FORMAT_VERSION = 8;
    private static final int OPERATOR_SET = 17;

    private final ModelFile file;
    private final ProtoWriter graph = new ProtoWriter();
    private final Set<String> taken = new HashSet<>();

    GraphWriter(ModelFile file) {
        this.file = file;
    }

    /** Takes over a constant of the model file; gives its name. */
    String keep(String tensor) {
        if (taken.add(tensor)) {
            graph.bytes(5, file.tensor(tensor).message());
        }
        return tensor;
    }

    /** A constant of little-endian {@code data}; gives its name. */
    String constant(String name, int type, ByteBuffer data, long... dimensions) {
        ProtoWriter tensor = new ProtoWriter();
        for (long dimension : dimensions) {
            tensor.number(1, dimension);
        }
        graph.message(5, tensor.number(2, type).text(8, name).bytes(9, data));
        return name;
    }

    /** A standard operator; gives its first output. */
    String node(String operator, List<String> inputs, List<String> outputs, ProtoWriter... attributes) {
        return node("", operator, inputs, outputs, attributes);
    }

    /** One of onnxruntime's own fused operators; gives its first output. */
    String fused(String operator, List<String> inputs, List<String> outputs, ProtoWriter... attributes) {
        return node(MICROSOFT, operator, inputs, outputs, attributes);
    }

    static ProtoWriter attribute(String name, long value) {
        return new ProtoWriter().text(1, name).number(3, value).number(20, 2);
    }

    static ProtoWriter attribute(String name, float value) {
        return new ProtoWriter().text(1, name).decimal(2, value).number(20, 1);
    }

    /** The model: one row of token ids in, {@code output} of shape (1, 1, width) out. */
    byte[] model(String input, String output, int width) {
        ProtoWriter one = new ProtoWriter().number(1, 1);
        ProtoWriter any = new ProtoWriter().text(2, "tokens");
        graph.text(2, "bge-small-en-v1.5, first row");
        graph.message(11, value(input, ModelFile.Tensor.INT64, one, any));
        graph.message(12, value(output, ModelFile.Tensor.FLOAT, one, one, new ProtoWriter().number(1, width)));
        return new ProtoWriter()
                .number(1, FORMAT_VERSION)
                .message(7, graph)
                .message(8, new ProtoWriter().text(1, "").number(2, OPERATOR_SET))
                .message(8, new ProtoWriter().text(1, MICROSOFT).number(2, 1))
                .toByteArray();
    }

    private String node(
            String domain, String operator, List<String> inputs, List<String> outputs, ProtoWriter... attributes) {
        ProtoWriter node = new ProtoWriter();
        inputs.forEach(input -> node.text(1, input));
        outputs.forEach(output -> node.text(2, output));
        node.text(3, outputs.getFirst()).text(4, operator);
        for (ProtoWriter attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node.text(7, domain));
        return outputs.getFirst();
    }

    private static ProtoWriter value(String name, int type, ProtoWriter... dimensions) {
        ProtoWriter shape = new ProtoWriter();
        for (ProtoWriter dimension : dimensions) {
            shape.message(1, dimension);
        }
        ProtoWriter tensor = new ProtoWriter().number(1, type).message(2, shape);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }
}
