package dev.hearth.bench.measure;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The percentile bootstrap: 95% intervals of a mean from {@value #RESAMPLES} resamples, the same at every run. What is
 * drawn are clusters, so that values of one cluster stay together; clusters of one value are the ordinary bootstrap.
 */
public final class Bootstrap {

    private static final int RESAMPLES = 1_000;
    private static final long SEED = 20_260_101;

    private Bootstrap() {}

    /** An interval, both ends included. */
    public record Interval(double low, double high) {}

    /** The interval of the mean when each value is drawn by itself. */
    public static Interval ofMean(double[] values) {
        return ofMean(
                Arrays.stream(values).mapToObj(value -> new double[] {value}).toList());
    }

    /** The interval of the mean over all values when whole clusters are drawn; clusters are not empty. */
    public static Interval ofMean(List<double[]> clusters) {
        if (clusters.isEmpty()) {
            return new Interval(0, 0);
        }
        double[] sums = clusters.stream()
                .mapToDouble(cluster -> Arrays.stream(cluster).sum())
                .toArray();
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[RESAMPLES];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            double sum = 0;
            long count = 0;
            for (int draw = 0; draw < sums.length; draw++) {
                int drawn = random.nextInt(sums.length);
                sum += sums[drawn];
                count += clusters.get(drawn).length;
            }
            means[resample] = sum / count;
        }
        Arrays.sort(means);
        int cut = RESAMPLES / 40;
        return new Interval(means[cut], means[RESAMPLES - 1 - cut]);
    }
}
