package dev.hearth.bench.speed;

import dev.hearth.bench.embed.EmbedComparison;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code hearth bench embed}. */
@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        description =
                "Hearth's embedder beside LangChain4j's. Target: at most 0.8 of its time for one text, 0.5 batched.")
public final class BenchEmbed implements Callable<Integer> {

    @Override
    public Integer call() {
        EmbedComparison.run(System.out);
        System.out.println("Bounded by the processor: matrix products of int8.");
        return 0;
    }
}
