package dev.hearth.stack;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearth stack down}: stops what {@code up} started, and keeps its data. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops what hearth stack up has started in this folder. The data stay.")
final class Down implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of the stack.")
    private @Nullable Path data;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        new Stack(
                        StackFolder.at(Objects.requireNonNull(data)),
                        Path.of(""),
                        Objects.requireNonNull(spec).commandLine().getOut())
                .down();
        return 0;
    }
}
