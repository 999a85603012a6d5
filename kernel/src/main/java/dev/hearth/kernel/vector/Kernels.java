package dev.hearth.kernel.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Chooses the scan kernel of this process once, by trying them: each must agree with the scalar one, and the fastest
 * is taken. The trial takes about half a second, and up to 3 seconds for each kernel on a machine so busy that the
 * compiler gets no time: it runs on a thread of its own, and until it is over the scalar kernel serves. Safe for many
 * threads.
 */
public final class Kernels {

    private static final int DIMENSION = 384;
    private static final int ROWS = 512;

    /** A kernel has shown what it can when its best time has stood for this many scans. */
    private static final int STEADY_SCANS = 300;

    private static final long SCALAR_NANOS = 200_000_000;

    /** Until the compiler has come to it, a Vector API kernel is a hundred times slower than it will be. */
    private static final long PATIENCE_NANOS = 3_000_000_000L;

    private Kernels() {}

    /** What the kernel of this process is called, for a log line; waits until it is chosen. */
    public static String chosenName() {
        return Chosen.TRIAL.join().name();
    }

    /** The kernel to scan with now. The first call begins the trial; none waits for it. */
    public static ScanKernel chosen() {
        return Chosen.TRIAL.getNow(Chosen.SCALAR);
    }

    /** Every kernel that can run here; the scalar one is first and always there. */
    public static List<ScanKernel> available() {
        List<ScanKernel> kernels = new ArrayList<>();
        kernels.add(new ScalarKernel());
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            try {
                kernels.add(new LaneKernel());
            } catch (LinkageError | UnsupportedOperationException absent) {
                // A later JDK may change or drop the incubator's classes: the scalar kernel then serves alone.
                return kernels;
            }
        }
        return kernels;
    }

    private static ScanKernel choose() {
        List<ScanKernel> kernels = available();
        ScanKernel best = kernels.getFirst();
        if (kernels.size() == 1) {
            return best;
        }
        long bestNanos = new Trial(best).nanos(Long.MAX_VALUE, SCALAR_NANOS);
        long toBeat = bestNanos;
        for (ScanKernel kernel : kernels.subList(1, kernels.size())) {
            Trial trial = new Trial(kernel);
            if (trial.agrees()) {
                long nanos = trial.nanos(toBeat, PATIENCE_NANOS);
                if (nanos < bestNanos) {
                    best = kernel;
                    bestNanos = nanos;
                }
            }
        }
        return best;
    }

    private static final class Chosen {
        static final ScanKernel SCALAR = new ScalarKernel();
        static final CompletableFuture<ScanKernel> TRIAL = new CompletableFuture<>();

        static {
            Thread.ofPlatform().name("kernel-trial").daemon().start(() -> {
                try {
                    TRIAL.complete(choose());
                } catch (RuntimeException | Error broken) {
                    // Whatever is wrong with the others, the scalar kernel is right.
                    TRIAL.complete(SCALAR);
                }
            });
        }
    }

    /** A query, and rows of which the first is as large as the query allows, so that an overflow would show. */
    private static final class Trial {
        private final ScanKernel kernel;
        private final short[] query = new short[DIMENSION];
        private final byte[] rows = new byte[ROWS * DIMENSION];
        private final float[] scales = new float[ROWS];
        private final float[] scores = new float[ROWS];

        Trial(ScanKernel kernel) {
            this.kernel = kernel;
            Random random = new Random(1);
            float[] components = new float[DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                components[i] = (float) random.nextGaussian();
            }
            kernel.round(components, query);
            for (int i = 0; i < rows.length; i++) {
                rows[i] = (byte) (i < DIMENSION ? 127 * Integer.signum(query[i]) : random.nextInt(255) - 127);
            }
            Arrays.fill(scales, 1f);
        }

        boolean agrees() {
            ScanKernel scalar = new ScalarKernel();
            float[] expected = new float[ROWS];
            scalar.scan(query, 1f, rows, scales, ROWS, expected, 0);
            kernel.scan(query, 1f, rows, scales, ROWS, scores, 0);
            return Arrays.equals(expected, scores)
                    && scalar.dot(query, rows, 0) == kernel.dot(query, rows, 0)
                    && scalar.dot(rows, 0, rows, DIMENSION, DIMENSION)
                            == kernel.dot(rows, 0, rows, DIMENSION, DIMENSION);
        }

        /** The quickest of many scans, which go on until nothing is gained and {@code toBeat} is beaten. */
        long nanos(long toBeat, long patience) {
            long start = System.nanoTime();
            long best = Long.MAX_VALUE;
            long before = start;
            for (int steady = 0; (steady < STEADY_SCANS || best >= toBeat) && before - start < patience; ) {
                kernel.scan(query, 1f, rows, scales, ROWS, scores, 0);
                long after = System.nanoTime();
                steady = after - before < best ? 0 : steady + 1;
                best = Math.min(best, after - before);
                before = after;
            }
            return best;
        }
    }
}
