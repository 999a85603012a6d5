package dev.hearth.embed.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LoneWidthTest {

    private final LoneWidth width = new LoneWidth();

    @Test
    void takesTheFasterWayAndChangesWhenItIsNotAnyMore() {
        assertThat(wideOf160(3, 5)).isGreaterThan(140);
        assertThat(wideOf160(17, 6)).isLessThan(40);
        assertThat(wideOf160(3, 5)).isGreaterThan(80);
    }

    private int wideOf160(long wideMillis, long narrowMillis) {
        int count = 0;
        for (int window = 0; window < 160; window++) {
            boolean wide = width.wide();
            width.took(wide, 24, (wide ? wideMillis : narrowMillis) * 1_000_000);
            count += wide ? 1 : 0;
        }
        return count;
    }
}
