package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import dev.hearth.spi.EmbedderException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Embedder} does. */
public abstract class EmbedderContract {

    private static final List<String> TEXTS = List.of(
            "My sister Lena got married in Lisbon last spring.",
            "Der Kaffee in dem kleinen Laden an der Ecke ist gut.",
            "\u732b\u304c\u597d\u304d\u3067\u3059 \ud83d\ude3a",
            "?",
            "");

    protected Embedder embedder;

    protected abstract Embedder open();

    @BeforeEach
    final void openEmbedder() {
        embedder = open();
    }

    @AfterEach
    final void closeEmbedder() {
        embedder.close();
    }

    @Test
    protected final void everyTextHasVectorsOfLengthOne() {
        assertThat(embedder.id()).isNotBlank();
        assertThat(embedder.dimension()).isPositive();
        List<List<float[]>> vectors = embedder.embed(TEXTS, soon());
        assertThat(vectors).hasSameSizeAs(TEXTS);
        for (List<float[]> windows : vectors) {
            assertThat(windows).hasSize(1);
            assertThat(windows.getFirst()).hasSize(embedder.dimension());
            assertThat(dot(windows.getFirst(), windows.getFirst())).isCloseTo(1, within(1e-3));
        }
        assertThat(embedder.embed(List.of(), soon())).isEmpty();
    }

    @Test
    protected final void theSameTextGivesTheSameVectorAloneTogetherAndLater() {
        List<List<float[]>> together = embedder.embed(TEXTS, soon());
        String id = embedder.id();
        embedder.close();
        embedder = open();
        assertThat(embedder.id()).isEqualTo(id);
        for (int i = 0; i < TEXTS.size(); i++) {
            float[] alone =
                    embedder.embed(List.of(TEXTS.get(i)), soon()).getFirst().getFirst();
            assertThat(dot(alone, together.get(i).getFirst())).isCloseTo(1, within(2e-2));
        }
    }

    @Test
    protected final void nearerTextsHaveNearerVectors() {
        List<List<float[]>> vectors = embedder.embed(
                List.of("My dog loves the park.", "The dog plays in the park.", "Quarterly tax forms are due."),
                soon());
        float[] dog = vectors.get(0).getFirst();
        assertThat(dot(dog, vectors.get(1).getFirst()))
                .isGreaterThan(dot(dog, vectors.get(2).getFirst()));
    }

    @Test
    protected final void aLongTextHasSeveralWindows() {
        String longText = "The garden behind the old house was full of roses and bees. ".repeat(300);
        List<List<float[]>> vectors = embedder.embed(List.of("Short.", longText), soon());
        assertThat(vectors.get(0)).hasSize(1);
        assertThat(vectors.get(1)).hasSizeGreaterThan(1);
        for (float[] vector : vectors.get(1)) {
            assertThat(dot(vector, vector)).isCloseTo(1, within(1e-3));
        }
    }

    @Test
    protected final void manyThreadsReceiveTheirOwnVectors() throws Exception {
        List<List<float[]>> expected = embedder.embed(TEXTS, soon());
        Together.run(8, thread -> () -> {
            for (int i = 0; i < 5; i++) {
                int which = (thread + i) % TEXTS.size();
                float[] vector = embedder.embed(List.of(TEXTS.get(which)), soon())
                        .getFirst()
                        .getFirst();
                assertThat(dot(vector, expected.get(which).getFirst())).isCloseTo(1, within(2e-2));
            }
            return thread;
        });
    }

    @Test
    protected final void anExpiredDeadlineAndAClosedEmbedderAreSaid() {
        assertThatThrownBy(() -> embedder.embed(List.of("text"), Deadline.after(Clock.system(), Duration.ZERO)))
                .isInstanceOf(EmbedderException.class);
        embedder.close();
        embedder.close();
        assertThatThrownBy(() -> embedder.embed(List.of("text"), soon())).isInstanceOf(EmbedderException.class);
    }

    private static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(60));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
