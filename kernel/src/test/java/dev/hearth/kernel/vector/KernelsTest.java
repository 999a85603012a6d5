package dev.hearth.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KernelsTest {

    @Test
    void everyKernelAgreesWithTheScalarOneAtEveryDimensionAndCount() {
        for (ScanKernel kernel : Kernels.available()) {
            for (int dimension : new int[] {1, 7, 31, 32, 33, 384, 400, 1024}) {
                for (int count : new int[] {0, 1, 3, 4, 5, 9}) {
                    agrees(kernel, dimension, count, new Random(dimension * 31L + count));
                }
            }
        }
    }

    /** Rows that make every product of a query positive, or every one negative. */
    @Test
    void theLargestMagnitudesDoNotOverflow() {
        for (ScanKernel kernel : Kernels.available()) {
            for (int dimension : new int[] {1, 32, 384, 1000}) {
                for (int kind = 0; kind < 6; kind++) {
                    float[] query = query(kind, dimension, new Random(kind));
                    short[] rounded = new short[dimension];
                    kernel.round(query, rounded);
                    byte[] rows = new byte[2 * dimension];
                    for (int i = 0; i < dimension; i++) {
                        rows[i] = (byte) (127 * Integer.signum(rounded[i]));
                        rows[dimension + i] = (byte) -rows[i];
                    }
                    int sum = 0;
                    for (short component : rounded) {
                        sum += 127 * Math.abs(component);
                    }
                    float[] scores = new float[2];
                    kernel.scan(rounded, 1f, rows, new float[] {1, 1}, 2, scores, 0);
                    assertThat(scores)
                            .as("%s, %d dimensions, kind %d", kernel.name(), dimension, kind)
                            .containsExactly((float) sum, (float) -sum);
                }
            }
        }
    }

    @Test
    void aQueryIsRoundedToASmallPartOfItsLength() {
        for (ScanKernel kernel : Kernels.available()) {
            for (int seed = 0; seed < 20; seed++) {
                float[] query = Vectors.random(new Random(seed), 384);
                short[] rounded = new short[384];
                float scale = kernel.round(query, rounded);
                double length = Vectors.length(query);
                for (int i = 0; i < 384; i++) {
                    assertThat(Math.abs(rounded[i] * scale - query[i] / length)).isLessThan(0.51 * scale);
                }
                assertThat(scale).as(kernel.name()).isLessThan(0.006f);
            }
        }
    }

    @Test
    void theTenBestAreNearlyThoseOfTheFloats() {
        int size = 10_000;
        Random random = new Random(11);
        float[][] vectors = new float[size][];
        RowStore store = new RowStore(384);
        for (int i = 0; i < size; i++) {
            vectors[i] = Vectors.random(random, 384);
            store.put(i, List.of(QuantizedVector.of(vectors[i])), true);
        }
        int queries = 20;
        double scanned = 0;
        double exactly = 0;
        for (int q = 0; q < queries; q++) {
            float[] query = Vectors.random(random, 384);
            double[] exact = Arrays.stream(vectors)
                    .mapToDouble(v -> Vectors.cosine(query, v))
                    .toArray();
            float[] scores = new float[size];
            store.rows().scan(query, scores);
            Set<Integer> best = best(exact);
            scanned += shared(
                    best,
                    best(IntStream.range(0, size).mapToDouble(i -> scores[i]).toArray()));
            Set<Integer> nearest = new HashSet<>();
            for (Match match : store.rows().nearest(query, 10)) {
                nearest.add(match.owner());
                assertThat((double) match.score()).isCloseTo(exact[match.row()], within(2e-3));
            }
            exactly += shared(best, nearest);
        }
        assertThat(scanned / queries).as(Kernels.chosenName()).isGreaterThan(0.95);
        assertThat(exactly / queries).as(Kernels.chosenName()).isGreaterThan(0.97);
    }

    @Test
    void withoutTheIncubatorModuleTheScalarKernelServes() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Probe.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.strip()).isEqualTo("scalar 1");
    }

    /** What a JVM with no added modules says. */
    static final class Probe {
        private Probe() {}

        static void main() {
            System.out.println(Kernels.chosenName() + " " + Kernels.available().size());
        }
    }

    /** Normal, all equal, one alone, one lane alone, tiny with a large one, rising. */
    private static float[] query(int kind, int dimension, Random random) {
        float[] query = kind == 0 ? Vectors.random(random, dimension) : new float[dimension];
        for (int i = 0; i < dimension && kind > 0; i++) {
            query[i] = switch (kind) {
                case 1 -> 1;
                case 2 -> i == dimension / 2 ? -1 : 0;
                case 3 -> i % 32 == 0 ? 1 : 0;
                case 4 -> i == 0 ? 1 : 1e-3f * random.nextFloat();
                default -> (i % 2 == 0 ? 1 : -1) * (float) i;
            };
        }
        return query;
    }

    private static double shared(Set<Integer> one, Set<Integer> other) {
        return one.stream().filter(other::contains).count() / 10.0;
    }

    private static Set<Integer> best(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[b], scores[a]))
                .limit(10)
                .collect(Collectors.toSet());
    }

    private static void agrees(ScanKernel kernel, int dimension, int count, Random random) {
        short[] query = new short[dimension];
        kernel.round(Vectors.random(random, dimension), query);
        byte[] rows = new byte[count * dimension];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (byte) (random.nextInt(255) - 127);
        }
        float[] scales = new float[count];
        Arrays.fill(scales, 0.01f);
        float[] expected = new float[count + 2];
        float[] scores = new float[count + 2];
        new ScalarKernel().scan(query, 0.5f, rows, scales, count, expected, 1);
        kernel.scan(query, 0.5f, rows, scales, count, scores, 1);
        assertThat(scores)
                .as("%s, %d dimensions, %d rows", kernel.name(), dimension, count)
                .isEqualTo(expected);
        short[] fine = new short[dimension];
        Rounding.toLimit(Vectors.random(random, dimension), Rounding.exactLimit(dimension), fine);
        for (int row = 0; row < count; row++) {
            assertThat(kernel.dot(fine, rows, row * dimension))
                    .isEqualTo(new ScalarKernel().dot(fine, rows, row * dimension));
            assertThat(kernel.dot(rows, 0, rows, row * dimension, dimension))
                    .isEqualTo(new ScalarKernel().dot(rows, 0, rows, row * dimension, dimension));
        }
    }
}
