package dev.hearth.bench.crash;

import dev.hearth.bench.crash.Findings.Fault;
import dev.hearth.bench.measure.Progress;
import dev.hearth.bench.measure.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench crash}. */
@Command(
        name = "crash",
        mixinStandardHelpOptions = true,
        description = "Kills a server under load again and again, tears its files, and counts what was acknowledged and"
                + " is lost, doubled or unreadable. Target: nothing in 100 rounds.")
public final class BenchCrash implements Callable<Integer> {

    @Option(names = "--rounds", paramLabel = "N", description = "Kills (default 100); some 4 seconds each.")
    private int rounds = 100;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses the moments and the tears (default 1).")
    private long seed = 1;

    @Override
    public Integer call() {
        CrashRun run = new CrashRun(seed);
        try (Progress progress = new Progress("kills", rounds)) {
            run.run(rounds, progress::at);
        }
        Findings findings = run.findings();
        new Table("after " + run.kills() + " kills", "")
                .row("turns acknowledged", String.valueOf(run.acknowledged()))
                .row("users", String.valueOf(run.users()))
                .row("unanswered requests repeated", String.valueOf(run.repeated()))
                .row("  refused, by code", run.refused().toString())
                .row("torn tails", String.valueOf(run.torn().tails()))
                .row("LOST", String.valueOf(findings.count(Fault.LOST)))
                .row("DOUBLED", String.valueOf(findings.count(Fault.DOUBLED)))
                .row("REORDERED", String.valueOf(findings.count(Fault.REORDERED)))
                .row("STRAY", String.valueOf(findings.count(Fault.STRAY)))
                .row("UNREADABLE users", String.valueOf(findings.count(Fault.UNREADABLE)))
                .row("servers NOT STARTED", String.valueOf(findings.count(Fault.NOT_STARTED)))
                .print(System.out);
        System.out.println();
        Table damage =
                new Table("damage no crash can do, to one user's", "times", "whole", "end missing", "unreadable");
        run.torn()
                .damage()
                .forEach((what, outcomes) -> damage.row(
                        what,
                        String.valueOf(outcomes.times),
                        String.valueOf(outcomes.whole),
                        String.valueOf(outcomes.shortened),
                        String.valueOf(outcomes.unreadable)));
        damage.print(System.out);
        findings.first().forEach(System.out::println);
        return findings.none() ? 0 : 1;
    }
}
