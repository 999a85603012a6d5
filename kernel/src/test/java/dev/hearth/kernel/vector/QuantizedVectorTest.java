package dev.hearth.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class QuantizedVectorTest {

    @Test
    void componentsComeBackToHalfAStepAndNormalised() {
        float[] vector = Vectors.random(new Random(3), 384);
        QuantizedVector quantized = QuantizedVector.of(vector);
        double length = Vectors.length(vector);
        for (int i = 0; i < vector.length; i++) {
            assertThat(Math.abs(quantized.scale() * quantized.values()[i] - vector[i] / length))
                    .isLessThan(0.51 * quantized.scale());
        }
    }

    @Test
    void theLengthOfTheVectorDoesNotMatter() {
        float[] vector = {1, -2, 3};
        assertThat(QuantizedVector.of(new float[] {4, -8, 12})).isEqualTo(QuantizedVector.of(vector));
    }

    @Test
    void theZeroVectorStaysZero() {
        assertThat(QuantizedVector.of(new float[4])).isEqualTo(new QuantizedVector(0, new byte[4]));
    }

    @Test
    void theLowestByteIsRefusedWhereverItStands() {
        Random random = new Random(11);
        for (int length = 1; length <= 40; length++) {
            byte[] values = new byte[length];
            for (int i = 0; i < length; i++) {
                values[i] = (byte) (random.nextInt(255) - 127);
            }
            assertThat(new QuantizedVector(1, values.clone()).values()).isEqualTo(values);
            for (int i = 0; i < length; i++) {
                byte[] wrong = values.clone();
                wrong[i] = Byte.MIN_VALUE;
                assertThatThrownBy(() -> new QuantizedVector(1, wrong)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void whatTheScanCannotTakeIsRefused() {
        assertThatThrownBy(() -> QuantizedVector.of(new float[] {1, Float.NaN}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QuantizedVector.of(new float[] {1, Float.POSITIVE_INFINITY}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuantizedVector(1, new byte[] {-128}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuantizedVector(-1, new byte[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuantizedVector(Float.NaN, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalityIsOfTheNumbersAndNoTextShowsThem() {
        QuantizedVector one = new QuantizedVector(0.5f, new byte[] {1, 2});
        assertThat(one)
                .isEqualTo(new QuantizedVector(0.5f, new byte[] {1, 2}))
                .hasSameHashCodeAs(new QuantizedVector(0.5f, new byte[] {1, 2}))
                .isNotEqualTo(new QuantizedVector(0.5f, new byte[] {1, 3}))
                .isNotEqualTo(new QuantizedVector(0.25f, new byte[] {1, 2}))
                .hasToString("QuantizedVector[2 dimensions, scale 0.5]");
    }
}
