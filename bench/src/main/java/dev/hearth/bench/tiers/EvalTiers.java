package dev.hearth.bench.tiers;

import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.KeptVectors;
import dev.hearth.embed.onnx.OnnxEmbedder;
import dev.hearth.spi.Embedder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth eval tiers}. */
@Command(
        name = "tiers",
        mixinStandardHelpOptions = true,
        description = "Tells what recall loses where everything is 100 days old, and how often the cold store is read.")
public final class EvalTiers implements Callable<Integer> {

    private static final int FOLDS = 5;
    private static final int HELD_OUT = FOLDS - 1;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with turns.jsonl.gz and questions.jsonl.gz; may be repeated.")
    private List<Path> data = new ArrayList<>();

    @Option(
            names = "--made-up",
            paramLabel = "DIR",
            description = "As --data, for a made-up set (eval generate). May be repeated.")
    private List<Path> madeUp = new ArrayList<>();

    @Option(
            names = "--join",
            paramLabel = "N",
            description =
                    "Make one long relationship of N conversations, so that there are many segments (default 10).")
    private int join = 10;

    @Option(
            names = "--limit-conversations",
            paramLabel = "N",
            description = "Take the first N conversations of each set only.")
    private int limit = Integer.MAX_VALUE;

    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            description = "Keep vectors in this file, so that the next evaluation of these texts need not make them.")
    private @Nullable Path vectors;

    @Override
    public Integer call() {
        List<TieredRun.Report> reports = new ArrayList<>();
        for (Path folder : data) {
            reports.add(measured(folder, ""));
        }
        for (Path folder : madeUp) {
            reports.add(measured(folder, ", made up"));
        }
        print(reports);
        return 0;
    }

    private TieredRun.Report measured(Path folder, String what) {
        return TieredRun.of(
                folder.getFileName() + what, Joined.of(folder, Math.max(1, join), limit, FOLDS), this::embedder);
    }

    private Embedder embedder() {
        Embedder embedder = OnnxEmbedder.open();
        return vectors == null ? embedder : KeptVectors.open(embedder, vectors);
    }

    private void print(List<TieredRun.Report> reports) {
        Table quality = new Table(
                "recall",
                "questions",
                "R@5 warm",
                "R@5 tiers",
                "R@10 warm",
                "R@10 tiers",
                "R@10 running",
                "fetched",
                "objects",
                "to tell",
                "answers'",
                "running");
        Table storage = new Table(
                "storage",
                "relationships",
                "messages",
                "objects",
                "stayed warm",
                "evidence warm",
                "B warm before",
                "B warm after",
                "small talk",
                "unseen");
        for (TieredRun.Report report : reports) {
            row(quality, report.name() + ", folds 1-4", report, outcome -> outcome.fold() != HELD_OUT);
            row(quality, report.name() + ", fold 5", report, outcome -> outcome.fold() == HELD_OUT);
            storage.row(
                    report.name(),
                    String.valueOf(report.relationships()),
                    String.valueOf(report.messages()),
                    String.valueOf(report.objects()),
                    Table.number((double) report.kept() / report.messages(), 3),
                    Table.number(report.evidenceWarm(), 3),
                    Table.number((double) report.bytesBefore() / report.messages(), 0),
                    Table.number((double) report.bytesAfter() / report.messages(), 0),
                    Table.number(report.smallTalk(), 3),
                    Table.number(report.unseenTalk(), 3));
        }
        quality.print(System.out);
        System.out.println();
        storage.print(System.out);
        System.out.printf(
                "%nConversations are joined, %d to a relationship, so that there are many segments; all are 100 days old.%n"
                        + "warm: nothing is put away; tiers: loaded anew for every question; running: loaded once, asked one"
                        + " after the other.%nfetched: share of questions that read the cold store to rank what is there; objects: how"
                        + " many a question; to tell:%nhow many more to tell of what was found (what repeats it, what took"
                        + " its place); answers': share of the segments with evidence that is not warm%nthat were read; running:"
                        + " share of questions that read the cold store in a relationship that stays loaded.%n"
                        + "B warm: bytes a message in the warm store. small talk: share of %d such messages that read the cold"
                        + " store; unseen: of %d others.%nFolds over conversations as in eval train; fold 5 was looked at by no choice.%n",
                join, Pleasantries.CHOSEN.size(), Pleasantries.UNSEEN.size());
    }

    private static void row(Table table, String name, TieredRun.Report report, Predicate<Outcome> which) {
        List<Outcome> outcomes = report.outcomes().stream().filter(which).toList();
        if (outcomes.isEmpty()) {
            return;
        }
        long away = outcomes.stream().mapToLong(Outcome::away).sum();
        long brought = outcomes.stream().mapToLong(Outcome::brought).sum();
        table.row(
                name,
                String.valueOf(outcomes.size()),
                mean(outcomes, outcome -> outcome.warm().five()),
                mean(outcomes, outcome -> outcome.tiers().five()),
                mean(outcomes, outcome -> outcome.warm().ten()),
                mean(outcomes, outcome -> outcome.tiers().ten()),
                mean(outcomes, outcome -> outcome.running().ten()),
                mean(outcomes, outcome -> outcome.fetched() > 0 ? 1 : 0),
                mean(outcomes, Outcome::fetched),
                mean(outcomes, Outcome::told),
                Table.number(away == 0 ? 1 : (double) brought / away, 3),
                mean(outcomes, outcome -> outcome.fetchedRunning() > 0 ? 1 : 0));
    }

    private static String mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> of) {
        return Table.number(outcomes.stream().mapToDouble(of).average().orElse(0), 3);
    }
}
