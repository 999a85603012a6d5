package dev.hearth.server.command.importing;

import dev.hearth.client.data.Role;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Mem0's memories: a list, an answer of its API that wraps one, or JSON lines. They are statements about the user, and
 * become the user's own in a session of that name. A broken line costs that line; a broken list ends there.
 */
final class Mem0Reader implements HistoryReader {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Source source;
    private final String user;
    private final Times times;
    private final Messages messages;

    /** Where memories come from: told apart by whether a line is whole in itself. */
    private sealed interface Source {
        record Lined(BoundedLines lines) implements Source {}

        record Listed(CountedInput in, JsonParser parser) implements Source {}
    }

    private long place;

    /**
     * A reader.
     *
     * @param user the user's name in the file
     */
    Mem0Reader(Path file, String user, Times times, Messages messages) throws IOException {
        this.source = linewise(file) ? new Source.Lined(new BoundedLines(file)) : listed(file);
        this.user = user;
        this.times = times;
        this.messages = messages;
    }

    private static Source listed(Path file) throws IOException {
        CountedInput in = CountedInput.open(file);
        return new Source.Listed(in, JSON.createParser(in));
    }

    /** Whether the first line is an object that is whole and wraps no list. */
    private static boolean linewise(Path file) throws IOException {
        try (BoundedLines lines = new BoundedLines(file)) {
            BoundedLines.Line first = lines.next();
            return first != null && first.trouble() == null && entry(first.text()) != null;
        }
    }

    /** The memory that a line is; null where it is none. */
    private static @Nullable Mem0Entry entry(String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            Mem0Entry entry = parser.nextToken() == JsonToken.START_OBJECT ? Mem0Entry.read(parser) : null;
            return entry != null && parser.nextToken() == null ? entry : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    @Override
    public @Nullable Entry next() throws IOException {
        return switch (source) {
            case Source.Lined(BoundedLines lines) -> {
                BoundedLines.Line line = lines.next();
                yield line == null ? null : lined(line);
            }
            case Source.Listed(CountedInput in, JsonParser parser) -> {
                try {
                    yield listed(parser);
                } catch (JacksonException e) {
                    throw new Unreadable("The JSON is broken at line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ", behind entry " + place
                            + ". What stands before it was read; repair the file and run this again.");
                }
            }
        };
    }

    private Entry lined(BoundedLines.Line line) {
        if (line.trouble() != null) {
            return new Entry.Left(line.number(), line.trouble());
        }
        Mem0Entry entry = entry(line.text());
        return entry == null ? new Entry.Left(line.number(), Reason.NO_JSON) : message(line.number(), entry);
    }

    private @Nullable Entry listed(JsonParser parser) {
        JsonToken token;
        while ((token = parser.nextToken()) != null) {
            switch (token) {
                case START_OBJECT -> {
                    Mem0Entry entry = Mem0Entry.read(parser);
                    if (entry != null) {
                        return message(++place, entry);
                    }
                }
                case PROPERTY_NAME -> {
                    // Behind the list, within what wraps it.
                    parser.nextToken();
                    parser.skipChildren();
                }
                case START_ARRAY, END_ARRAY, END_OBJECT -> {}
                default -> {
                    return new Entry.Left(++place, Reason.NO_JSON);
                }
            }
        }
        return null;
    }

    private Entry message(long at, Mem0Entry entry) {
        if (entry.ofAgent()) {
            return new Entry.Left(at, Reason.OF_AGENT);
        }
        if (entry.user().isPresent() && !entry.user().get().equals(user)) {
            return new Entry.Left(at, Reason.OTHER_USER);
        }
        return messages.of(at, entry.id(), Role.USER, null, "mem0", entry.text(), entry.time(times));
    }

    @Override
    public String unit() {
        return source instanceof Source.Lined ? "line" : "entry";
    }

    @Override
    public long bytesRead() {
        return switch (source) {
            case Source.Lined(BoundedLines lines) -> lines.bytesRead();
            case Source.Listed(CountedInput in, JsonParser parser) -> in.count();
        };
    }

    @Override
    public void close() throws IOException {
        switch (source) {
            case Source.Lined(BoundedLines lines) -> lines.close();
            case Source.Listed(CountedInput in, JsonParser parser) -> {
                parser.close();
                in.close();
            }
        }
    }
}
