package dev.hearth.stack;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearth stack up}: starts what does not run yet. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts Redis, DynamoDB local and an S3 server on loopback addresses, where they do not run yet, makes"
                        + " tables and bucket, and writes DIR/stack.yaml for hearth serve.",
        footer = {
            "",
            "DynamoDB local is not free software: it comes from Maven Central (com.amazonaws:DynamoDBLocal) with its",
            "licence, LICENSE.txt in that jar. It is started where that licence has been accepted."
        })
final class Up implements Callable<Integer> {

    /** Where the launcher has gathered DynamoDB local's jars. */
    private static final String JARS = "HEARTH_DYNAMODB_LOCAL";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Folder of the stack; made if missing.")
    private @Nullable Path data;

    @Option(names = "--accept-licenses", description = "The licence of DynamoDB local has been read and is accepted.")
    private boolean acceptLicenses;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Path jars = Path.of(Objects.requireNonNullElse(System.getenv(JARS), "store-dynamodb/local/target/lib"));
        new Stack(
                        StackFolder.at(Objects.requireNonNull(data)),
                        jars,
                        Objects.requireNonNull(spec).commandLine().getOut())
                .up(acceptLicenses);
        return 0;
    }
}
