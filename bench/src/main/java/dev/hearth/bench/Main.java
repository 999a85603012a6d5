package dev.hearth.bench;

import dev.hearth.bench.recall.EvalRecall;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the measurements. Exit codes: 0 done, 1 it failed or found a fault, 2 not understood. */
@Command(
        name = "hearth",
        mixinStandardHelpOptions = true,
        description = "Measures Hearth.",
        subcommands = {Main.Eval.class},
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
            subcommands = {EvalRecall.class},
            synopsisSubcommandLabel = "COMMAND")
    static final class Eval {}
}
