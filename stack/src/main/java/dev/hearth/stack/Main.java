package dev.hearth.stack;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the stack. Exit codes: 0 done, 1 it could not be done, 2 not understood. */
@Command(
        name = "hearth",
        mixinStandardHelpOptions = true,
        description = "A stack to try several servers on.",
        subcommands = Main.Stack.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(line().execute(arguments));
    }

    /** The command line; runs a command and answers its exit code. */
    static CommandLine line() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof Refused)) {
                throw failure;
            }
            command.getErr().println("hearth: " + failure.getMessage());
            return 1;
        });
    }

    /** {@code hearth stack}: Redis, DynamoDB and S3 on this machine. */
    @Command(
            name = "stack",
            mixinStandardHelpOptions = true,
            description = "Starts and stops Redis, DynamoDB local and an S3 server on this machine, for trying.",
            subcommands = {Up.class, Down.class},
            synopsisSubcommandLabel = "COMMAND")
    static final class Stack {}
}
