package dev.hearth.bench.jmh;

import dev.hearth.engine.recall.IndexedMessage;
import dev.hearth.engine.recall.RecallQuery;
import dev.hearth.engine.recall.RecallResult;
import dev.hearth.engine.recall.RelationshipIndex;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/** A whole search of one relationship without the query's embedding: scan, words, fusion, the ten best. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {"--add-modules", "jdk.incubator.vector", "-Xmx1g"})
public class SearchBenchmark {

    @Param({"1000", "10000"})
    int memories;

    private RelationshipIndex index = new RelationshipIndex(384);
    private List<RecallQuery> queries = List.of();
    private int next;

    @Setup
    public void prepare() {
        Random random = new Random(1);
        index = new RelationshipIndex(384);
        for (int seq = 1; seq <= memories; seq++) {
            String speaker = seq % 2 == 0 ? "Iris" : "Sam";
            String text = Synthetic.text(random, 5 + random.nextInt(40));
            index.append(new IndexedMessage(seq, seq % 2 == 1, speaker, seq / 20, Instant.EPOCH, text, true));
            index.vectors(seq, List.of(Synthetic.vector(random)));
        }
        queries = random.ints(64).mapToObj(seed -> query(new Random(seed))).toList();
        System.out.println("heap per memory: " + index.bytes() / memories + " bytes");
    }

    @Benchmark
    public RecallResult search() {
        return index.search(queries.get(next++ & 63));
    }

    private static RecallQuery query(Random random) {
        String text = "Sam " + Synthetic.text(random, 4 + random.nextInt(12));
        return RecallQuery.of(text, 10, Instant.EPOCH, ZoneOffset.UTC).like(Synthetic.vector(random), null);
    }
}
