package dev.hearth.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
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

    @Test
    void theLargestMagnitudesDoNotOverflow() {
        for (ScanKernel kernel : Kernels.available()) {
            for (int sign : new int[] {1, -1}) {
                short[] query = new short[384];
                Arrays.fill(query, (short) (sign * kernel.queryLimit()));
                byte[] rows = new byte[5 * 384];
                Arrays.fill(rows, (byte) 127);
                float[] scores = new float[5];
                kernel.scan(query, 1f, rows, new float[] {1, 1, 1, 1, 1}, 5, scores, 0);
                assertThat(scores).as(kernel.name()).containsOnly(sign * 127f * kernel.queryLimit() * 384);
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
            store.put(i, java.util.List.of(QuantizedVector.of(vectors[i])), true);
        }
        int queries = 20;
        double shared = 0;
        for (int q = 0; q < queries; q++) {
            float[] query = Vectors.random(random, 384);
            double[] exact = Arrays.stream(vectors)
                    .mapToDouble(v -> Vectors.cosine(query, v))
                    .toArray();
            float[] scores = new float[size];
            store.rows().scan(query, scores);
            var best = best(exact);
            best.retainAll(
                    best(IntStream.range(0, size).mapToDouble(i -> scores[i]).toArray()));
            shared += best.size() / 10.0 / queries;
        }
        assertThat(shared).as(Kernels.chosenName()).isGreaterThan(0.95);
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

    private static java.util.Set<Integer> best(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[b], scores[a]))
                .limit(10)
                .collect(java.util.stream.Collectors.toCollection(java.util.HashSet::new));
    }

    private static void agrees(ScanKernel kernel, int dimension, int count, Random random) {
        short[] query = new short[dimension];
        for (int i = 0; i < dimension; i++) {
            query[i] = (short) (random.nextInt(2 * kernel.queryLimit() + 1) - kernel.queryLimit());
        }
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
    }
}
