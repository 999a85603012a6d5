package dev.hearth.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The events of a {@code text/event-stream} (HTML, 9.2.6). One that is cut off at the end is none. */
final class ServerSentEvents implements AutoCloseable {

    private static final int MOST_CHARACTERS = 16 << 20;

    private final Lines lines;
    private boolean first = true;

    ServerSentEvents(Lines lines) {
        this.lines = lines;
    }

    /**
     * One event.
     *
     * @param id its own; null where it has none
     * @param data empty where nothing happened and only the position is told
     */
    record Sent(@Nullable String id, String name, String data) {}

    /** The next event; null where the stream has ended. */
    @Nullable
    Sent next() throws IOException {
        String id = null;
        String name = "message";
        StringBuilder data = new StringBuilder();
        String line;
        while ((line = lines.next()) != null) {
            if (first && line.startsWith("\uFEFF")) {
                line = line.substring(1);
            }
            first = false;
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    return new Sent(id, name, data.substring(0, data.length() - 1));
                }
                if (id != null) {
                    return new Sent(id, name, "");
                }
                name = "message";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
            switch (field) {
                case "event" -> name = value;
                case "data" -> append(data, value);
                case "id" -> id = value.indexOf(0) < 0 ? value : id;
                default -> {
                    // A comment, or a field of a later day.
                }
            }
        }
        return null;
    }

    private static void append(StringBuilder data, String value) throws IOException {
        if (data.length() + value.length() > MOST_CHARACTERS) {
            throw new IOException("An event of the stream is over " + MOST_CHARACTERS + " characters.");
        }
        data.append(value).append('\n');
    }

    boolean begun() {
        return lines.begun();
    }

    boolean closed() {
        return lines.closed();
    }

    @Override
    public void close() {
        lines.close();
    }
}
