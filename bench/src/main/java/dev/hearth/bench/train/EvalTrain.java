package dev.hearth.bench.train;

import dev.hearth.bench.world.KeptVectors;
import dev.hearth.embed.onnx.OnnxEmbedder;
import dev.hearth.engine.recall.Examined;
import dev.hearth.spi.Embedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth eval train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains the weights of recall, and tells by cross-validation over conversations what they do.")
public final class EvalTrain implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder with turns.jsonl.gz and questions.jsonl.gz; may be repeated.")
    private List<Path> data = new ArrayList<>();

    @Option(
            names = "--made-up",
            paramLabel = "DIR",
            description =
                    "As --data, for a made-up set (eval generate): it counts a fifth of another. May be repeated.")
    private List<Path> madeUp = new ArrayList<>();

    @Option(names = "--vectors", required = true, paramLabel = "FILE", description = "Keeps the vectors of all texts.")
    private @Nullable Path vectors;

    @Option(names = "--words-alone", description = "Weights for where there is no likeness of meaning.")
    private boolean wordsAlone;

    @Option(names = "--folds", paramLabel = "N", description = "Folds over conversations (default 5).")
    private int folds = 5;

    @Option(names = "--without", paramLabel = "FEATURE", description = "Leaves a feature out; may be repeated.")
    private List<String> without = new ArrayList<>();

    @Option(names = "--transfer", description = "Also prints what weights of each set alone do on the others.")
    private boolean transfer;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the weights of all examples there.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        Map<String, List<Example>> sets = new LinkedHashMap<>();
        try (Embedder embedder = KeptVectors.open(OnnxEmbedder.open(), Objects.requireNonNull(vectors))) {
            for (Path folder : data) {
                add(folder, Examples.of(folder, embedder, wordsAlone, false), sets);
            }
            for (Path folder : madeUp) {
                add(folder, Examples.of(folder, embedder, wordsAlone, true), sets);
            }
        }
        List<Example> all = sets.values().stream().flatMap(List::stream).toList();
        List<String> names = Examined.names();
        boolean[] used = new boolean[names.size()];
        for (int f = 0; f < used.length; f++) {
            used[f] = !without.contains(names.get(f));
        }
        sets.forEach((name, examples) -> CrossValidation.print(
                name + ", trained on all sets but the conversations of its fold",
                CrossValidation.run(all, examples, folds, used),
                System.out));
        if (transfer) {
            transfer(sets, used);
        }
        if (out != null) {
            write(Fit.weights(all, used), names, out);
        }
        return 0;
    }

    private static void add(Path folder, List<Example> examples, Map<String, List<Example>> sets) {
        System.out.printf(
                "%s: %.3f of the evidence is among the candidates%n",
                folder.getFileName(),
                examples.stream()
                        .filter(example -> example.wanted() > 0)
                        .mapToDouble(example -> (double) example.evidence().length / example.wanted())
                        .average()
                        .orElse(0));
        if (sets.put(String.valueOf(folder.getFileName()), examples) != null) {
            throw new IllegalArgumentException(
                    "Two sets are called " + folder.getFileName() + "; give their folders names of their own.");
        }
    }

    private void transfer(Map<String, List<Example>> sets, boolean[] used) {
        sets.forEach((from, trained) -> {
            float[] weights = Fit.weights(trained, used);
            sets.forEach((to, tested) -> {
                if (from.equals(to)) {
                    CrossValidation.print(
                            to + ", trained on itself alone",
                            CrossValidation.run(trained, tested, folds, used),
                            System.out);
                } else {
                    CrossValidation.print(
                            to + ", trained on " + from + " alone", CrossValidation.with(weights, tested), System.out);
                }
            });
        });
    }

    private void write(float[] weights, List<String> names, Path file) throws IOException {
        StringBuilder text = new StringBuilder("# What the features of recall count for. Made by: hearth eval train");
        data.forEach(folder -> text.append(" --data ").append(folder.getFileName()));
        madeUp.forEach(folder -> text.append(" --made-up ").append(folder.getFileName()));
        text.append(wordsAlone ? " --words-alone\n" : "\n");
        text.append("# What they were made from, and how good they are: WEIGHTS.md beside this file.\n");
        for (int f = 0; f < weights.length; f++) {
            if (weights[f] != 0) {
                text.append(String.format(Locale.ROOT, "%-22s %8.4f%n", names.get(f), weights[f]));
            }
        }
        Files.writeString(file, text);
    }
}
