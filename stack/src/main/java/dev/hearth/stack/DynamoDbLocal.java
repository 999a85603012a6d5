package dev.hearth.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** DynamoDB local, which keeps its tables in a file. Its jars are on the class path of its own process only. */
final class DynamoDbLocal implements Service {

    static final String NAME = "dynamodb";

    /** What whoever has not accepted the licence is told. */
    static final String LICENCE = "DynamoDB local is not free software. It is Amazon's, comes from Maven Central as"
            + " com.amazonaws:DynamoDBLocal, and its licence is the file LICENSE.txt in that jar; among other things it asks"
            + " for an account at AWS and forbids passing it on.";

    private final StackFolder folder;
    private final StackSettings settings;
    private final Path jars;

    /**
     * @param jars its folder of jars
     */
    DynamoDbLocal(StackFolder folder, StackSettings settings, Path jars) {
        this.folder = folder;
        this.settings = settings;
        this.jars = jars.toAbsolutePath();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "DynamoDB local";
    }

    @Override
    public List<String> command() {
        Path jar = jar();
        return List.of(
                Java.PROGRAM,
                Java.MARK + mark(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dsqlite4java.library.path=" + jar.getParent(),
                "-cp",
                Java.placeOf(DynamoDbLocalMain.class) + File.pathSeparator + jar.resolveSibling("*"),
                DynamoDbLocalMain.class.getName(),
                Integer.toString(settings.port(NAME)),
                folder.folder(NAME).toString());
    }

    @Override
    public String mark() {
        return folder.own(NAME).toString();
    }

    @Override
    public boolean answers() {
        return Java.answers(settings.address(NAME));
    }

    /** The jar that holds the licence. */
    private Path jar() {
        if (Files.isDirectory(jars)) {
            try (Stream<Path> there = Files.list(jars)) {
                var found = there.filter(jar -> jar.getFileName().toString().startsWith("DynamoDBLocal-"))
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException e) {
                throw new Refused("The folder " + jars + " cannot be read (" + e + ").", e);
            }
        }
        throw new Refused("DynamoDB local is not in " + jars
                + ". Start this with ./hearth stack up --accept-licenses, which fetches it.");
    }
}
