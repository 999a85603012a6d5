package dev.hearth.server;

import dev.hearth.server.command.Import;
import dev.hearth.server.command.Migrate;
import dev.hearth.server.command.Serve;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The server's command line. Exit codes: 0 done, 1 it could not be done, 2 not understood. */
@Command(
        name = "hearth",
        mixinStandardHelpOptions = true,
        version = "hearth 0.1.0-SNAPSHOT",
        description = "AI companions with memory.",
        subcommands = {Serve.class, Import.class, Migrate.class, CommandLine.HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "The launcher also knows: hearth test [--long], hearth bench, hearth eval."})
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(line().execute(arguments));
    }

    /** The command line; runs a command and answers its exit code. */
    static CommandLine line() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, parsed) -> {
            LoggerFactory.getLogger(Main.class).error("The command failed", failure);
            command.getErr().println("hearth: the command failed unexpectedly; the log above says where.");
            return 1;
        });
    }
}
