package dev.hearth.server;

import dev.hearth.server.command.Serve;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The server's command line. Exit codes: 0 done, 1 it could not be done, 2 not understood. */
@Command(
        name = "hearth",
        mixinStandardHelpOptions = true,
        version = "hearth 0.1.0-SNAPSHOT",
        description = "AI companions with memory.",
        subcommands = {Serve.class, CommandLine.HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "The launcher also knows: hearth test [--long], hearth bench, hearth eval."})
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("hearth: " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }
}
