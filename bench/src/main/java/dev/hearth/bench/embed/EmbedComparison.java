package dev.hearth.bench.embed;

import dev.hearth.embed.onnx.OnnxEmbedder;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Hearth's embedder beside LangChain4j's, same model file, same onnxruntime, same machine, one process.
 *
 * <p>Rounds alternate; each round embeds the same 32 sentences by either, one by one and in one request; the sentences
 * move on with the rounds. Both may use every core: LangChain4j as it comes (a thread per core over texts,
 * onnxruntime's own default below), Hearth as it opens.
 */
public final class EmbedComparison {

    private static final int ROUNDS = 24;
    private static final int BATCH = 32;

    /** Threads of onnxruntime that still spin after a call must not be charged to whoever comes next. */
    private static final long PAUSE_MILLIS = 30;

    private EmbedComparison() {}

    public static void main(String[] arguments) {
        run(System.out);
    }

    /** Takes about half a minute and prints a table; closes what it opens. */
    public static void run(PrintStream out) {
        List<String> texts = SampleSentences.all();
        EmbeddingModel theirs = new BgeSmallEnV15QuantizedEmbeddingModel();
        long start = System.nanoTime();
        try (OnnxEmbedder ours = OnnxEmbedder.open()) {
            out.printf("opened in %d ms (onnxruntime already loaded)%n", (System.nanoTime() - start) / 1_000_000);
            out.printf("least cosine between the two: %.4f%n", leastCosine(ours, theirs, texts));
            Consumer<List<String>> oursAll = batch -> vectors(ours, batch);
            Consumer<List<String>> theirsAll = batch ->
                    theirs.embedAll(batch.stream().map(TextSegment::from).toList());
            double[][] times = new double[4][ROUNDS];
            // The rounds before the first warm up.
            for (int round = -6; round < ROUNDS; round++) {
                int from = Math.floorMod(round, texts.size() / BATCH) * BATCH;
                List<String> some = texts.subList(from, from + BATCH);
                double[] measured = {
                    millisPerText(some, 1, oursAll),
                    millisPerText(some, 1, theirsAll),
                    millisPerText(some, BATCH, oursAll),
                    millisPerText(some, BATCH, theirsAll)
                };
                for (int kind = 0; round >= 0 && kind < 4; kind++) {
                    times[kind][round] = measured[kind];
                }
            }
            out.printf("%d cores, medians of %d rounds, ms a text%n", cores(), ROUNDS);
            out.printf("%-12s %8s %12s %7s%n", "", "hearth", "langchain4j", "ratio");
            print(out, "one by one", times[0], times[1]);
            print(out, "32 together", times[2], times[3]);
        }
    }

    private static void print(PrintStream out, String name, double[] ours, double[] theirs) {
        double mine = median(ours);
        double other = median(theirs);
        out.printf("%-12s %8.2f %12.2f %7.2f%n", name, mine, other, mine / other);
    }

    private static double millisPerText(List<String> texts, int size, Consumer<List<String>> embed) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        long start = System.nanoTime();
        for (int from = 0; from < texts.size(); from += size) {
            embed.accept(texts.subList(from, Math.min(texts.size(), from + size)));
        }
        return (System.nanoTime() - start) / 1e6 / texts.size();
    }

    private static List<List<float[]>> vectors(Embedder embedder, List<String> texts) {
        return embedder.embed(texts, Deadline.after(Clock.system(), Duration.ofSeconds(30)));
    }

    private static double leastCosine(Embedder ours, EmbeddingModel theirs, List<String> texts) {
        List<List<float[]>> own = vectors(ours, texts);
        double least = 1;
        for (int index = 0; index < texts.size(); index++) {
            float[] mine = own.get(index).getFirst();
            float[] other = theirs.embed(texts.get(index)).content().vector();
            double cosine = 0;
            for (int at = 0; at < mine.length; at++) {
                cosine += (double) mine[at] * other[at];
            }
            least = Math.min(least, cosine);
        }
        return least;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
