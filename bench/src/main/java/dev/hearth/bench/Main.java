package dev.hearth.bench;

import dev.hearth.bench.clone.BenchClone;
import dev.hearth.bench.crash.BenchCrash;
import dev.hearth.bench.generate.EvalGenerate;
import dev.hearth.bench.hnsw.BenchHnsw;
import dev.hearth.bench.injection.EvalInjection;
import dev.hearth.bench.load.BenchTurns;
import dev.hearth.bench.recall.EvalRecall;
import dev.hearth.bench.speed.BenchEmbed;
import dev.hearth.bench.speed.BenchJmh;
import dev.hearth.bench.speed.BenchMemory;
import dev.hearth.bench.speed.BenchReady;
import dev.hearth.bench.speed.BenchScan;
import dev.hearth.bench.speed.BenchSearch;
import dev.hearth.bench.speed.BenchTurn;
import dev.hearth.bench.storage.BenchOpen;
import dev.hearth.bench.storage.BenchStorage;
import dev.hearth.bench.stream.BenchFirstToken;
import dev.hearth.bench.stream.BenchLeaving;
import dev.hearth.bench.stream.BenchStreams;
import dev.hearth.bench.tiers.BenchTiers;
import dev.hearth.bench.tiers.EvalTiers;
import dev.hearth.bench.train.EvalTrain;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the measurements. Exit codes: 0 done, 1 it failed or found a fault, 2 not understood. */
@Command(
        name = "hearth",
        mixinStandardHelpOptions = true,
        description = "Measures Hearth.",
        subcommands = {Main.Eval.class, Main.Bench.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    /** {@code hearth eval}: how good it is. */
    @Command(
            name = "eval",
            mixinStandardHelpOptions = true,
            description = "Measures how good Hearth is at something, on data that you have.",
            subcommands = {EvalRecall.class, EvalTrain.class, EvalTiers.class, EvalGenerate.class, EvalInjection.class},
            synopsisSubcommandLabel = "COMMAND")
    static final class Eval {}

    /** {@code hearth bench}: how fast and how sturdy it is. */
    @Command(
            name = "bench",
            mixinStandardHelpOptions = true,
            description = "Measures how fast and how sturdy Hearth is, on this machine.",
            subcommands = {
                BenchSearch.class,
                BenchScan.class,
                BenchHnsw.class,
                BenchTurn.class,
                BenchTurns.class,
                BenchFirstToken.class,
                BenchLeaving.class,
                BenchStreams.class,
                BenchReady.class,
                BenchClone.class,
                BenchMemory.class,
                BenchCrash.class,
                BenchEmbed.class,
                BenchStorage.class,
                BenchOpen.class,
                BenchTiers.class,
                BenchJmh.class
            },
            synopsisSubcommandLabel = "COMMAND")
    static final class Bench {}
}
