package dev.hearth.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is archived stays near what it was, the nearer the more bits it has. */
class ArchivedVectorsTest {

    @Test
    void dotProductsDeviateByWhatIsPromised() {
        double[] promised = {0.04, 0.022, 0.012, 0.007};
        for (int bits = 1; bits <= 4; bits++) {
            ArchivedVectors archive = new ArchivedVectors(384, bits);
            double squares = 0;
            int pairs = 2_000;
            for (long seed = 1; seed <= pairs; seed++) {
                Random random = new Random(seed);
                float[] one = unit(random, 384);
                float[] other = unit(random, 384);
                float[] back = archive.decode(archive.encode(one));
                squares += Math.pow(dot(back, other) - dot(one, other), 2);
                assertThat(dot(back, one)).as("seed %d", seed).isCloseTo(1, within(1e-4));
            }
            assertThat(Math.sqrt(squares / pairs)).as("%d bits", bits).isLessThan(promised[bits - 1]);
        }
    }

    @Test
    void anyDimensionIsTakenAndALoneComponentIsSpread() {
        for (int dimension : new int[] {1, 3, 24, 100, 384, 1_536}) {
            ArchivedVectors archive = new ArchivedVectors(dimension, 3);
            float[] vector = unit(new Random(dimension), dimension);
            ArchivedVectors.Code code = archive.encode(vector);
            assertThat(code.code()).hasSize((3 * dimension + 7) / 8);
            assertThat(dot(archive.decode(code), vector)).isCloseTo(1, within(1e-3));
            assertThat(archive.encode(new float[dimension]).scale()).isZero();
            float[] zero = archive.decode(archive.encode(new float[dimension]));
            assertThat(dot(zero, zero)).isZero();
        }
        float[] axis = new float[384];
        axis[7] = 5;
        float[] back = new ArchivedVectors(384, 2).decode(new ArchivedVectors(384, 2).encode(axis));
        assertThat(back[7]).isCloseTo(5, within(1e-3f));
        assertThatThrownBy(() -> new ArchivedVectors(384, 2).encode(new float[3]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void codesStayTheSameFromProcessToProcess() {
        float[] vector = unit(new Random(1), 16);
        ArchivedVectors.Code code = new ArchivedVectors(16, 2).encode(vector);
        assertThat(code.code())
                .isEqualTo(new ArchivedVectors(16, 2).encode(vector).code());
    }

    private static float[] unit(Random random, int dimension) {
        float[] vector = new float[dimension];
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
