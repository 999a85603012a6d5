package dev.hearth.bench.jmh;

import dev.hearth.kernel.vector.Kernels;
import dev.hearth.kernel.vector.Match;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.kernel.vector.RowStore;
import dev.hearth.kernel.vector.Rows;
import dev.hearth.kernel.vector.ScanKernel;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One query against every row of 384 dimensions, the query's rounding included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"--add-modules", "jdk.incubator.vector", "-Xmx1g"})
public class ScanBenchmark {

    @Param({"500", "2000", "10000", "50000"})
    int rows;

    /** Whether the Vector API's kernel scans, else the scalar one. */
    @Param({"true", "false"})
    boolean lanes;

    private float[] query = {};
    private float[] scores = {};
    private @Nullable Rows stored;
    private @Nullable ScanKernel kernel;

    @Setup
    public void prepare() {
        Random random = new Random(1);
        RowStore store = new RowStore(384);
        for (int i = 0; i < rows; i++) {
            store.put(i, List.of(QuantizedVector.of(Synthetic.vector(random))), true);
        }
        stored = store.rows();
        scores = new float[rows];
        query = Synthetic.vector(random);
        List<ScanKernel> available = Kernels.available();
        kernel = lanes ? available.getLast() : available.getFirst();
    }

    @Benchmark
    public float[] scan() {
        if (stored != null && kernel != null) {
            stored.scan(kernel, query, scores);
        }
        return scores;
    }

    @Benchmark
    public List<Match> fiftyNearest() {
        return stored == null || kernel == null ? List.of() : stored.nearest(kernel, query, 50);
    }
}
