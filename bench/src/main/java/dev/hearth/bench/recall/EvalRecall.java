package dev.hearth.bench.recall;

import dev.hearth.bench.world.KeptVectors;
import dev.hearth.embed.onnx.OnnxEmbedder;
import dev.hearth.spi.Embedder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hearth eval recall}. */
@Command(
        name = "recall",
        mixinStandardHelpOptions = true,
        description =
                "Imports a set of conversations, asks its questions and tells how much of the evidence is recalled.")
public final class EvalRecall implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder with turns.jsonl.gz and questions.jsonl.gz.")
    private @Nullable Path data;

    @Option(names = "--json", description = "Print one JSON document instead of a table.")
    private boolean json;

    @Option(names = "--limit-conversations", paramLabel = "N", description = "Take the first N conversations only.")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--no-embedder", description = "Recall by words alone.")
    private boolean noEmbedder;

    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            description = "Keep vectors in this file, so that the next evaluation of these texts need not make them.")
    private @Nullable Path vectors;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Path folder = Objects.requireNonNull(data);
        if (!Files.isRegularFile(folder.resolve("turns.jsonl.gz"))) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "There is no turns.jsonl.gz in " + folder + ".");
        }
        RecallSet set = new RecallSet(folder);
        RecallReport report = RecallRun.of(set, limit, embedder());
        if (json) {
            RecallPrinter.json(report, System.out);
        } else {
            RecallPrinter.table(report, System.out);
            RepeatedTexts.of(set, limit).print(System.out);
        }
        return 0;
    }

    private @Nullable Embedder embedder() {
        if (noEmbedder) {
            return null;
        }
        Embedder embedder = OnnxEmbedder.open();
        return vectors == null ? embedder : KeptVectors.open(embedder, vectors);
    }
}
