package dev.hearth.bench.measure;

import java.time.Duration;
import java.util.Arrays;

/** Measured values of one kind and unit. Safe for many threads. */
public final class Samples {

    private double[] values = new double[1_024];
    private int count;

    public synchronized void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    /** Adds a duration in milliseconds. */
    public void add(Duration duration) {
        add(duration.toNanos() / 1e6);
    }

    public synchronized int count() {
        return count;
    }

    /** The smallest value that {@code percent} of all are not above (nearest rank); 0 where there are none. */
    public synchronized double percentile(double percent) {
        if (count == 0) {
            return 0;
        }
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return sorted[Math.clamp(rank, 1, count) - 1];
    }

    public double median() {
        return percentile(50);
    }

    public double highest() {
        return percentile(100);
    }
}
