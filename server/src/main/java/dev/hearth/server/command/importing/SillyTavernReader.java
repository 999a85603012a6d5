package dev.hearth.server.command.importing;

import dev.hearth.client.data.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * SillyTavern's chats: JSON lines, the first of them a header, each other a message with {@code name}, {@code is_user},
 * {@code mes} and {@code send_date}. A message has no id there, so that its words, its time and its author are it: branches
 * of one chat share what they share. A message without a readable time has the time of the one before.
 */
final class SillyTavernReader implements HistoryReader {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern MACRO = Pattern.compile("(?i)\\{\\{\\s*(user|char)\\s*}}|<(USER|BOT|CHAR)>");

    /** What was said twice in the same minute is close together, so not all of a long chat is kept in mind. */
    private static final int REMEMBERED = 10_000;

    private final BoundedLines lines;
    private final Times times;
    private final Messages messages;
    private final ChatNames names;
    private final Map<String, Integer> seen = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private String session;
    private Optional<Instant> before = Optional.empty();

    SillyTavernReader(Path file, Times times, Messages messages, ChatNames names) throws IOException {
        this.lines = new BoundedLines(file);
        this.times = times;
        this.messages = messages;
        this.names = names;
        this.session = String.valueOf(file.getFileName());
    }

    @Override
    public @Nullable Entry next() throws IOException {
        for (BoundedLines.Line line = lines.next(); line != null; line = lines.next()) {
            if (line.trouble() != null) {
                return new Entry.Left(line.number(), line.trouble());
            }
            JsonNode node = object(line.text());
            if (node == null) {
                return new Entry.Left(line.number(), Reason.NO_JSON);
            }
            if (!ChatNames.isHeader(node)) {
                return message(line.number(), node);
            }
            begin(node);
        }
        return null;
    }

    static @Nullable JsonNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node != null && node.isObject() ? node : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private void begin(JsonNode header) {
        String created = header.path("create_date").asString("");
        if (!created.isBlank()) {
            session = created;
            before = times.read(created);
        }
    }

    private Entry message(long number, JsonNode node) {
        JsonNode type = node.path("extra").path("type");
        if (node.path("is_system").asBoolean(false)
                || (type.isString() && !type.stringValue().isEmpty())) {
            return new Entry.Left(number, Reason.HIDDEN);
        }
        boolean user = node.path("is_user").asBoolean(false);
        String name = node.path("name").asString("");
        String date = node.path("send_date").asString("");
        Optional<Instant> time = times.read(date).or(() -> before);
        before = time;
        String text = spoken(text(node), user || name.isBlank() ? names.companion() : name);
        return messages.of(
                number,
                id(user, date, text),
                user ? Role.USER : Role.COMPANION,
                name,
                "sillytavern " + session,
                text,
                time);
    }

    /** The shown one of the alternatives. */
    private static String text(JsonNode node) {
        JsonNode shown = node.path("mes");
        return shown.isString()
                ? shown.stringValue()
                : node.path("swipes").path(node.path("swipe_id").asInt(0)).asString("");
    }

    private String spoken(String text, String companion) {
        return MACRO.matcher(text).replaceAll(found -> {
            String word = found.group(1) == null ? found.group(2) : found.group(1);
            return Matcher.quoteReplacement(word.equalsIgnoreCase("user") ? names.user() : companion);
        });
    }

    private String id(boolean user, String date, String text) {
        String hash = Messages.hash((user ? "user" : "companion") + "\n" + date + "\n" + text);
        int times = seen.merge(hash, 1, Integer::sum);
        return "sillytavern:" + hash + (times == 1 ? "" : ":" + times);
    }

    @Override
    public String unit() {
        return "line";
    }

    @Override
    public long bytesRead() {
        return lines.bytesRead();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
