package dev.hearth.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NearestTest {

    @Test
    void theHighestAreKeptWhateverTheOrder() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int count = random.nextInt(60);
            int most = random.nextInt(20);
            float[] scores = new float[count];
            Highest highest = new Highest(most);
            for (int row = 0; row < count; row++) {
                scores[row] = random.nextInt(1 << random.nextInt(20)) - 500f;
                highest.offer(row, scores[row]);
            }
            float[] expected = scores.clone();
            Arrays.sort(expected);
            float[] kept = new float[Math.min(most, count)];
            long[] best = highest.best();
            assertThat(best).as("seed %d", seed).hasSize(kept.length);
            for (int i = 0; i < kept.length; i++) {
                kept[kept.length - 1 - i] = Highest.score(best[i]);
                assertThat(scores[Highest.row(best[i])]).as("seed %d", seed).isEqualTo(Highest.score(best[i]));
            }
            assertThat(kept).as("seed %d", seed).isEqualTo(Arrays.copyOfRange(expected, count - kept.length, count));
        }
    }

    @Test
    void everyKernelFindsWhatTheScalarOneFinds() {
        Random random = new Random(5);
        RowStore store = new RowStore(384);
        for (int i = 0; i < 3_000; i++) {
            store.put(i, List.of(QuantizedVector.of(Vectors.random(random, 384))), true);
        }
        for (ScanKernel kernel : Kernels.available()) {
            for (int most : new int[] {0, 1, 10, 50, 5_000}) {
                float[] query = Vectors.random(random, 384);
                assertThat(store.rows().nearest(kernel, query, most))
                        .as("%s, %d", kernel.name(), most)
                        .isEqualTo(store.rows().nearest(new ScalarKernel(), query, most));
            }
        }
    }

    @Test
    void replacedRowsAreLeftOutAndTheBestComeFirst() {
        RowStore store = new RowStore(4);
        for (int owner = 0; owner < 40; owner++) {
            store.put(owner, List.of(QuantizedVector.of(new float[] {40, owner, 0, 0})), true);
        }
        store.put(0, List.of(QuantizedVector.of(new float[] {0, 0, 1, 0})), false);
        List<Match> nearest = store.rows().nearest(new float[] {3, 0, 0, 0}, 100);
        assertThat(nearest).hasSize(40);
        assertThat(nearest)
                .isSortedAccordingTo(Comparator.comparingDouble(Match::score).reversed());
        assertThat(nearest.subList(0, 39).stream().map(Match::owner))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(1, 40).boxed().toList());
        assertThat(nearest.getLast().owner()).isZero();
        assertThat(store.rows().nearest(new float[4], 2))
                .extracting(Match::score)
                .containsOnly(0f);
        assertThatThrownBy(() -> store.rows().nearest(new float[3], 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
