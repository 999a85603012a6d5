package dev.hearth.embed.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.hearth.spi.Clock;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * bge-small-en-v1.5 on onnxruntime: the last layer's first row ({@code [CLS]}), L2-normalised.
 *
 * <p>Two sessions over the same {@link BgeGraph graph}: a narrow one of one thread, run by several of the pool's threads at once, and
 * a wide one for a window that is alone, where {@link LoneWidth} finds it faster. Threads of the wide one spin while it runs, and only then.
 */
final class BgeModel implements Encoder {

    static final int DIMENSION = 384;

    /** A sentence's products are too small to be worth more threads. */
    private static final int MOST_WIDE = 4;

    private final OrtEnvironment environment;
    private final OrtSession narrow;
    private final @Nullable OrtSession wide;
    private final LoneWidth loneWidth = new LoneWidth();
    private final Clock clock = Clock.system();

    private BgeModel(OrtEnvironment environment, OrtSession narrow, @Nullable OrtSession wide) {
        this.environment = environment;
        this.narrow = narrow;
        this.wide = wide;
    }

    private static final long LARGE_STACK = 512L << 20;

    /** Loads the native library, about 0.2 s the first time in a process; {@link #open} does it too. */
    static void loadLibrary() {
        environment();
    }

    /**
     * The library reads the process's command line with a recursion as deep as that is long: on a thread with the usual
     * stack a command line of some 3,000 characters ends the process. So it is loaded on a thread with a large one.
     */
    private static OrtEnvironment environment() {
        CompletableFuture<OrtEnvironment> loaded = new CompletableFuture<>();
        new Thread(
                        null,
                        () -> {
                            try {
                                loaded.complete(OrtEnvironment.getEnvironment());
                            } catch (RuntimeException | Error failed) {
                                loaded.completeExceptionally(failed);
                            }
                        },
                        "onnx-load",
                        LARGE_STACK)
                .start();
        return loaded.join();
    }

    /**
     * Opens the model.
     *
     * @param file the ONNX export of bge-small-en-v1.5, int8
     * @throws IllegalArgumentException where it is another model's
     */
    static BgeModel open(byte[] file, int threads) throws OrtException {
        byte[] model = BgeGraph.of(file);
        OrtEnvironment environment = environment();
        OrtSession narrow = session(environment, model, 1);
        if (threads == 1) {
            return new BgeModel(environment, narrow, null);
        }
        try {
            return new BgeModel(environment, narrow, session(environment, model, Math.min(threads, MOST_WIDE)));
        } catch (OrtException e) {
            narrow.close();
            throw e;
        }
    }

    private static OrtSession session(OrtEnvironment environment, byte[] model, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.addConfigEntry("session.intra_op.allow_spinning", threads == 1 ? "0" : "1");
            options.addConfigEntry("session.force_spinning_stop", "1");
            return environment.createSession(model, options);
        }
    }

    @Override
    public float[] encode(int[] tokens, boolean alone) throws OrtException {
        if (!alone || wide == null) {
            return run(narrow, tokens);
        }
        boolean all = loneWidth.wide();
        long start = clock.nanoTime();
        float[] vector = run(all ? wide : narrow, tokens);
        loneWidth.took(all, tokens.length, clock.nanoTime() - start);
        return vector;
    }

    private float[] run(OrtSession session, int[] tokens) throws OrtException {
        long[] shape = {1, tokens.length};
        LongBuffer ids = LongBuffer.wrap(Arrays.stream(tokens).asLongStream().toArray());
        try (OnnxTensor input = OnnxTensor.createTensor(environment, ids, shape);
                OrtSession.Result result = session.run(Map.of(BgeGraph.INPUT, input))) {
            return normalised(((OnnxTensor) result.get(0)).getFloatBuffer());
        }
    }

    private static float[] normalised(FloatBuffer row) {
        float[] vector = new float[DIMENSION];
        row.get(0, vector);
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int index = 0; index < DIMENSION; index++) {
            vector[index] *= scale;
        }
        return vector;
    }

    @Override
    public void close() {
        try {
            narrow.close();
            if (wide != null) {
                wide.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the model's session did not close", e);
        }
    }
}
