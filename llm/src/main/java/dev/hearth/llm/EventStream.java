package dev.hearth.llm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts bytes into the data of server-sent events, as the WHATWG's standard says: an event ends with an empty line, and what
 * the stream's end leaves unfinished is no event. Names, ids and comments are skipped: both providers repeat an event's
 * name inside its data.
 */
final class EventStream {

    /** Far above any event of a chat stream: beyond it the endpoint sends something else. */
    private static final int LONGEST_EVENT = 1 << 20;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private boolean afterReturn;

    /** The events that {@code bytes} complete; {@link IllegalStateException} where this is no event stream. */
    List<String> feed(ByteBuffer bytes) {
        List<String> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = next == '\r';
            if (next == '\n' || next == '\r') {
                endLine(events);
            } else if (line.size() + data.length() < LONGEST_EVENT) {
                line.write(next);
            } else {
                throw new IllegalStateException("an event without an end");
            }
        }
        return events;
    }

    private void endLine(List<String> events) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.isEmpty()) {
            if (hasData) {
                events.add(data.toString());
            }
            data.setLength(0);
            hasData = false;
        } else if (text.startsWith("data:")) {
            if (hasData) {
                data.append('\n');
            }
            hasData = true;
            data.append(text, text.startsWith("data: ") ? 6 : 5, text.length());
        }
    }
}
