package dev.hearth.embed.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The graph written here against the model file as it is. */
final class BgeGraphTest {

    private static final List<String> TEXTS = List.of(
            "",
            "ok",
            "My sister Nora moved to Lisbon last spring.",
            "I have been feeling anxious about the interview on Thursday, and I could not sleep at all last night.",
            "We walked along the river until the lamps were lit, and nobody said a word. ".repeat(25));

    @Test
    void givesTheVectorsOfTheModelFile() throws Exception {
        byte[] file = modelFile();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        WordPiece wordPiece = WordPiece.ofTokenizerFile(WordPieceTest.tokenizerFile());
        try (OrtSession whole = environment.createSession(file, new OrtSession.SessionOptions());
                BgeModel model = BgeModel.open(file, 1)) {
            for (String text : TEXTS) {
                int[] window = Windows.of(wordPiece.tokens(text), wordPiece).getFirst();
                float[] wanted = firstRow(environment, whole, window);
                assertThat(cosine(model.encode(window, true), wanted)).isGreaterThan(0.99);
            }
        }
    }

    @Test
    void anotherModelIsRefused() {
        assertThatThrownBy(() -> BgeGraph.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BgeGraph.of(new byte[] {'n', 'o', 't'})).isInstanceOf(RuntimeException.class);
    }

    private static float[] firstRow(OrtEnvironment environment, OrtSession session, int[] window) throws OrtException {
        long[] ids = Arrays.stream(window).asLongStream().toArray();
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        long[] shape = {1, ids.length};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            float[] row = new float[BgeModel.DIMENSION];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(0, row);
            return row;
        }
    }

    private static double cosine(float[] first, float[] second) {
        double dot = 0;
        double firstSquares = 0;
        double secondSquares = 0;
        for (int index = 0; index < first.length; index++) {
            dot += (double) first[index] * second[index];
            firstSquares += (double) first[index] * first[index];
            secondSquares += (double) second[index] * second[index];
        }
        return dot / Math.sqrt(firstSquares * secondSquares);
    }

    private static byte[] modelFile() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(BgeGraphTest.class.getResourceAsStream("/bge-small-en-v1.5-q.onnx"))) {
            return in.readAllBytes();
        }
    }
}
