package dev.hearth.embed.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.EmbedderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the real model. */
@SuppressWarnings("NullAway.Init")
final class OnnxEmbedderTest {

    private static final List<String> TEXTS = List.of(
            "My sister Nora moved to Lisbon last spring.",
            "ok",
            "I have been feeling anxious about the interview on Thursday, and I could not sleep at all last night.",
            "",
            "Where does my sister live now?",
            "\ud83e\udd70 \ud83c\udf89");

    private static OnnxEmbedder embedder;

    @BeforeAll
    static void open() {
        embedder = OnnxEmbedder.open(2, 1_000);
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    @Test
    void namesTheModelByItsBytes() {
        assertThat(embedder.id()).isEqualTo("bge-small-en-v1.5-q/6c9c6101a956d62d/cls/no-instruction");
        assertThat(embedder.dimension()).isEqualTo(384);
    }

    @Test
    void vectorsAreOfLengthOneAndOnePerShortText() {
        assertThat(embedder.embed(TEXTS, soon())).hasSize(TEXTS.size()).allSatisfy(windows -> {
            assertThat(windows).hasSize(1);
            assertThat(windows.getFirst()).hasSize(384);
            assertThat(cosine(windows.getFirst(), windows.getFirst())).isBetween(0.99999, 1.00001);
        });
    }

    @Test
    void noTextsGiveNoVectors() {
        assertThat(embedder.embed(List.of(), soon())).isEmpty();
    }

    @Test
    void aVectorDoesNotDependOnWhatIsComputedBesideIt() {
        List<List<float[]>> together = embedder.embed(TEXTS, soon());
        for (int index = 0; index < TEXTS.size(); index++) {
            float[] single =
                    embedder.embed(List.of(TEXTS.get(index)), soon()).getFirst().getFirst();
            assertThat(cosine(single, together.get(index).getFirst())).isGreaterThan(0.9999);
        }
    }

    @Test
    void meaningIsNear() {
        List<List<float[]>> vectors = embedder.embed(TEXTS, soon());
        float[] question = vectors.get(4).getFirst();
        double answer = cosine(question, vectors.get(0).getFirst());
        assertThat(answer).isGreaterThan(cosine(question, vectors.get(2).getFirst()) + 0.1);
    }

    @Test
    void aLongTextGivesSeveralVectorsAndKeepsItsPlace() {
        String text = "We walked along the river until the lamps were lit. ".repeat(120);
        List<List<float[]>> vectors = embedder.embed(List.of("short", text, "last"), soon());
        assertThat(vectors).extracting(List::size).containsExactly(1, 3, 1);
        float[] last = embedder.embed(List.of("last"), soon()).getFirst().getFirst();
        assertThat(vectors.get(2).getFirst()).containsExactly(last, within(1e-4f));
    }

    @Test
    void manyCallersEachGetTheirOwn() throws Exception {
        List<List<float[]>> expected = embedder.embed(TEXTS, soon());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<List<float[]>>>> answers = new ArrayList<>();
            for (int caller = 0; caller < 60; caller++) {
                String text = TEXTS.get(caller % TEXTS.size());
                answers.add(callers.submit(() -> embedder.embed(List.of(text), soon())));
            }
            for (int caller = 0; caller < 60; caller++) {
                float[] wanted = expected.get(caller % TEXTS.size()).getFirst();
                assertThat(cosine(answers.get(caller).get().getFirst().getFirst(), wanted))
                        .isGreaterThan(0.9999);
            }
        }
    }

    @Test
    void oddTextsGiveVectorsToo() {
        List<String> odd = List.of("\ud800", "\u0000\u0001", "x".repeat(100_000), "\u0301", "[SEP][CLS]", "\ufffd");
        assertThat(embedder.embed(odd, soon()))
                .allSatisfy(windows -> assertThat(windows).hasSize(1));
    }

    @Test
    void anExpiredDeadlineIsRefused() {
        assertThatThrownBy(() -> embedder.embed(TEXTS, Deadline.after(Clock.system(), Duration.ZERO)))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("deadline");
    }

    @Test
    void oneThreadAndManyAgree() {
        try (OnnxEmbedder narrow = OnnxEmbedder.open(1, 10)) {
            float[] one = narrow.embed(TEXTS.subList(0, 1), soon()).getFirst().getFirst();
            float[] two = embedder.embed(TEXTS.subList(0, 1), soon()).getFirst().getFirst();
            assertThat(cosine(one, two)).isGreaterThan(0.9999);
        }
    }

    @Test
    void closedIsClosed() {
        OnnxEmbedder other = OnnxEmbedder.open(1, 10);
        other.close();
        other.close();
        assertThatThrownBy(() -> other.embed(TEXTS, soon()))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("closed");
    }

    private static double cosine(float[] first, float[] second) {
        return IntStream.range(0, first.length)
                .mapToDouble(index -> (double) first[index] * second[index])
                .sum();
    }

    private static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(30));
    }
}
