package dev.hearth.bench.train;

import dev.hearth.bench.measure.Bootstrap;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Trains on some conversations and scores on others, so that every question is scored by weights that never saw it. */
final class CrossValidation {

    private static final Map<String, ToDoubleFunction<Scored>> COLUMNS = columns();

    private CrossValidation() {}

    private static Map<String, ToDoubleFunction<Scored>> columns() {
        Map<String, ToDoubleFunction<Scored>> columns = new java.util.LinkedHashMap<>();
        columns.put("R@1", Scored::recall1);
        columns.put("R@5", Scored::recall5);
        columns.put("R@10", Scored::recall10);
        columns.put("all@5", Scored::all5);
        columns.put("all@10", Scored::all10);
        columns.put("MRR", Scored::reciprocal);
        columns.put("s.all@5", Scored::sessions5);
        columns.put("s.R@1", Scored::session1);
        columns.put("newer", Scored::newer);
        return columns;
    }

    /**
     * The questions of {@code tested}, each scored by weights of those {@code trained} examples that are of no
     * conversation in its fold.
     */
    static List<Scored> run(List<Example> trained, List<Example> tested, int folds, boolean[] used) {
        List<String> conversations =
                tested.stream().map(Example::conversation).distinct().toList();
        int many = Math.min(folds, conversations.size());
        List<Scored> scored = new ArrayList<>();
        for (int fold = 0; fold < many; fold++) {
            int number = fold;
            List<String> held = conversations.stream()
                    .filter(conversation -> conversations.indexOf(conversation) % many == number)
                    .toList();
            float[] weights = Fit.weights(
                    trained.stream()
                            .filter(example -> !held.contains(example.conversation()))
                            .toList(),
                    used);
            tested.stream()
                    .filter(example -> held.contains(example.conversation()))
                    .forEach(example -> scored.add(Scored.of(example, weights)));
        }
        return scored;
    }

    static List<Scored> with(float[] weights, List<Example> tested) {
        return tested.stream().map(example -> Scored.of(example, weights)).toList();
    }

    /** A table by category, abstention left out, with an interval over conversations below. */
    static void print(String title, List<Scored> scored, PrintStream out) {
        List<Scored> answerable =
                scored.stream().filter(one -> one.example().wanted() > 0).toList();
        out.println(title);
        out.printf("  %-28s%6s", "category", "n");
        COLUMNS.keySet().forEach(column -> out.printf("%9s", column));
        out.println();
        Map<String, List<Scored>> groups = answerable.stream()
                .collect(Collectors.groupingBy(one -> one.example().category(), TreeMap::new, Collectors.toList()));
        groups.forEach((category, group) -> line(category, group, out));
        line("overall", answerable, out);
        interval(answerable, out);
    }

    private static void line(String name, List<Scored> group, PrintStream out) {
        out.printf("  %-28s%6d", name, group.size());
        COLUMNS.values().forEach(column -> out.print(String.format(Locale.ROOT, "%9.3f", mean(group, column))));
        out.println();
    }

    private static void interval(List<Scored> scored, PrintStream out) {
        out.printf("  %-34s", "95% over conversations");
        for (ToDoubleFunction<Scored> column : COLUMNS.values()) {
            Map<String, List<Double>> clusters = scored.stream()
                    .filter(one -> !Double.isNaN(column.applyAsDouble(one)))
                    .collect(Collectors.groupingBy(
                            one -> one.example().conversation(),
                            TreeMap::new,
                            Collectors.mapping(column::applyAsDouble, Collectors.toList())));
            Bootstrap.Interval interval = Bootstrap.ofMean(clusters.values().stream()
                    .map(values ->
                            values.stream().mapToDouble(Double::doubleValue).toArray())
                    .toList());
            out.print(String.format(
                    Locale.ROOT,
                    "%9s",
                    String.format(Locale.ROOT, "%.2f-%.2f", interval.low(), interval.high())
                            .replace("0.", ".")));
        }
        out.println();
    }

    private static double mean(List<Scored> group, ToDoubleFunction<Scored> column) {
        return group.stream()
                .mapToDouble(column)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
