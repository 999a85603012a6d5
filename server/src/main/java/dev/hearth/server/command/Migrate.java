package dev.hearth.server.command;

import dev.hearth.server.Wiring;
import dev.hearth.server.command.migrating.Migration;
import dev.hearth.server.command.migrating.Move;
import dev.hearth.server.command.migrating.Progress;
import dev.hearth.server.command.migrating.Report;
import dev.hearth.server.command.migrating.Unfit;
import dev.hearth.server.config.Config;
import dev.hearth.server.config.ConfigException;
import dev.hearth.server.config.ConfigReader;
import dev.hearth.server.stores.Sides;
import dev.hearth.spi.Clock;
import dev.hearth.spi.StoreException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearth migrate}: moves everything from the stores of one configuration to those of another. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Moves everything from the stores of one configuration to those of another, and compares them."
                + " Nobody may serve either of them meanwhile.",
        footer = {
            "",
            "Cut off or failed, it goes on when it is run again. The source is only read. Both need the same operator's",
            "key: HEARTH_OPERATOR_KEY, or keys/operator.key in both data folders. See docs/operations.md."
        })
public final class Migrate implements Callable<Integer> {

    private static final int WORKERS = 8;

    private final Map<String, String> environment;

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "Configuration of what is there.")
    private @Nullable Path from;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "Configuration of where it goes.")
    private @Nullable Path to;

    @Spec
    private @Nullable CommandSpec spec;

    public Migrate() {
        this(System.getenv());
    }

    public Migrate(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        PrintWriter err = line.getErr();
        try {
            Report report = run(read(from), read(to), err);
            report.print(line.getOut());
            return report.same() ? 0 : 1;
        } catch (ConfigException | Unfit e) {
            err.println("hearth: " + e.getMessage());
        } catch (StoreException e) {
            err.println("hearth: " + e.getMessage() + " Once that is repaired run this again; it goes on.");
        }
        return 1;
    }

    private Config read(@Nullable Path file) {
        return ConfigReader.read(file, environment, Map.of());
    }

    private Report run(Config source, Config target, PrintWriter err) {
        Clock clock = Clock.system();
        try (Sides sides = Sides.open(source, target, Wiring.operatorKey(environment), clock)) {
            Move move = new Move(sides.from(), sides.to(), sides.movesRecords(), sides.movesCold(), clock);
            return new Migration(move, new Progress(err, clock), WORKERS).run();
        }
    }
}
