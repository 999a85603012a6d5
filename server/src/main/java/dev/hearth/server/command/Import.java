package dev.hearth.server.command;

import dev.hearth.client.HearthClient;
import dev.hearth.client.HearthException;
import dev.hearth.client.HearthException.Code;
import dev.hearth.client.HearthUnreachable;
import dev.hearth.client.RelationshipClient;
import dev.hearth.client.data.CompanionInput;
import dev.hearth.server.command.importing.FirstLook;
import dev.hearth.server.command.importing.HistoryFormat;
import dev.hearth.server.command.importing.HistoryReader;
import dev.hearth.server.command.importing.Progress;
import dev.hearth.server.command.importing.Report;
import dev.hearth.server.command.importing.Sender;
import dev.hearth.server.command.importing.Unreadable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code hearth import}: takes over a history that another program wrote, through a running server. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Takes over a history that another program wrote. The server must be running.",
        footer = {
            "",
            "A repeated import adds only what is new. Entries that are not taken are told with their places.",
            "The key comes from HEARTH_API_KEY, or from the file api-key in the data folder."
        })
public final class Import implements Callable<Integer> {

    private final Map<String, String> environment;

    @Parameters(index = "0", paramLabel = "FILE", description = "The file to import.")
    private @Nullable Path file;

    @Option(
            names = "--as",
            required = true,
            paramLabel = "FORMAT",
            converter = FormatWord.class,
            description = "What the file is: mem0 or sillytavern-chat.")
    private @Nullable HistoryFormat format;

    @Option(names = "--companion", required = true, paramLabel = "SLUG", description = "The companion's id.")
    private @Nullable String companion;

    @Option(names = "--user", required = true, paramLabel = "ID", description = "The user's external id.")
    private @Nullable String user;

    @Option(
            names = "--user-in-file",
            paramLabel = "ID",
            description = "The user's id in a Mem0 export, where it is another one.")
    private @Nullable String userInFile;

    @Option(names = "--create", description = "Make the companion where there is none.")
    private boolean create;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = Zone.class,
            description = "Of times without a zone, as in Europe/Berlin (default UTC).")
    private ZoneId zone = ZoneId.of("UTC");

    @Option(names = "--server", paramLabel = "URL", description = "The server (default http://127.0.0.1:8080).")
    private URI server = URI.create("http://127.0.0.1:8080");

    @Option(names = "--data", paramLabel = "DIR", description = "The server's data folder (default ./hearth-data).")
    private Path data = Path.of("hearth-data");

    @Spec
    private @Nullable CommandSpec spec;

    public Import() {
        this(System.getenv());
    }

    public Import(Map<String, String> environment) {
        this.environment = environment;
    }

    static final class FormatWord implements ITypeConverter<HistoryFormat> {
        @Override
        public HistoryFormat convert(String word) {
            return Arrays.stream(HistoryFormat.values())
                    .filter(format -> format.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "\"" + word + "\" is no format that is known; known are mem0 and sillytavern-chat."));
        }
    }

    static final class Zone implements ITypeConverter<ZoneId> {
        @Override
        public ZoneId convert(String name) {
            try {
                return ZoneId.of(name);
            } catch (DateTimeException e) {
                throw new TypeConversionException("\"" + name + "\" is no time zone, as Europe/Berlin is one.");
            }
        }
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        PrintWriter err = line.getErr();
        try {
            run(Objects.requireNonNull(file), Objects.requireNonNull(format), line.getOut(), err);
            return 0;
        } catch (Refused | Unreadable | HearthUnreachable e) {
            err.println("hearth: " + e.getMessage());
        } catch (HearthException e) {
            err.println("hearth: The server refused: " + e.getMessage());
        } catch (IOException e) {
            err.println("hearth: The file " + file + " cannot be read (" + e + ").");
        }
        return 1;
    }

    private void run(Path from, HistoryFormat as, PrintWriter out, PrintWriter err) throws IOException {
        FirstLook.at(from, as);
        String slug = Objects.requireNonNull(companion);
        String externalId = Objects.requireNonNull(user);
        try (HearthClient client = connect()) {
            String name = companion(client, slug);
            RelationshipClient relationship = client.relationship(slug, externalId);
            relationship.ensure();
            HistoryFormat.Setting setting = new HistoryFormat.Setting(
                    name, externalId, userInFile == null ? externalId : userInFile, zone, Instant.now());
            Progress progress = new Progress(
                    err, "terminal".equals(environment.get("HEARTH_STDERR")), Files.size(from), System::nanoTime);
            Report report = new Report();
            try (HistoryReader reader = as.open(from, setting)) {
                try {
                    new Sender(relationship, report).sendAll(reader, progress);
                } finally {
                    out.println(from + " to " + slug + ":" + externalId);
                    report.print(out, reader.unit());
                }
            }
        }
    }

    private HearthClient connect() throws IOException {
        String key = key();
        if (!key.matches("[\\x21-\\x7e]{1,512}")) {
            throw new Refused("The key is none: it must be visible ASCII characters without spaces.");
        }
        try {
            return HearthClient.connect(server, key);
        } catch (IllegalArgumentException e) {
            throw new Refused("--server is \"" + server + "\". " + e.getMessage());
        }
    }

    /** The companion's name. */
    private String companion(HearthClient client, String slug) {
        try {
            return client.companions().get(slug).name();
        } catch (HearthException e) {
            if (e.code() != Code.NOT_FOUND) {
                throw e;
            }
            if (!create) {
                throw new Refused("There is no companion \"" + slug + "\" at " + server
                        + ". Make it first (PUT /v1/companions/" + slug + "), or run this again with --create.");
            }
            return client.companions()
                    .put(slug, new CompanionInput(slug, Map.of()))
                    .name();
        }
    }

    private String key() throws IOException {
        String given = environment.getOrDefault("HEARTH_API_KEY", "").strip();
        if (!given.isEmpty()) {
            return given;
        }
        Path kept = data.resolve("api-key");
        if (!Files.isReadable(kept)) {
            throw new Refused(
                    "There is no key: set HEARTH_API_KEY, or name the server's data folder with --data (the file "
                            + kept + " is not there or cannot be read).");
        }
        return Files.readString(kept).strip();
    }
}
