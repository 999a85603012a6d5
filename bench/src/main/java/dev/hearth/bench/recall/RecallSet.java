package dev.hearth.bench.recall;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A folder with {@code turns.jsonl.gz} and {@code questions.jsonl.gz}. Of the turns one conversation is held at a time. */
public final class RecallSet {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path folder;

    public RecallSet(Path folder) {
        this.folder = folder;
    }

    /** All questions by conversation, both in the order of the file. */
    public Map<String, List<Question>> questions() {
        Map<String, List<Question>> byConversation = new LinkedHashMap<>();
        lines("questions.jsonl.gz", line -> {
            Set<String> evidence = new LinkedHashSet<>();
            line.path("evidence").forEach(id -> evidence.add(id.asString()));
            Question question = new Question(
                    text(line, "conversation"), text(line, "question"), text(line, "category"), evidence, time(line));
            byConversation
                    .computeIfAbsent(question.conversation(), conversation -> new ArrayList<>())
                    .add(question);
        });
        return byConversation;
    }

    /** Gives the turns of one conversation after the other, in the order of the file. */
    public void conversations(Consumer<List<Turn>> sink) {
        List<Turn> turns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        lines("turns.jsonl.gz", line -> {
            Turn turn = turn(line);
            if (!turns.isEmpty() && !turns.getFirst().conversation().equals(turn.conversation())) {
                sink.accept(List.copyOf(turns));
                turns.clear();
            }
            if (turns.isEmpty() && !seen.add(turn.conversation())) {
                throw new IllegalArgumentException(
                        "The turns of conversation " + turn.conversation() + " do not stand together in " + folder);
            }
            turns.add(turn);
        });
        if (!turns.isEmpty()) {
            sink.accept(List.copyOf(turns));
        }
    }

    private static Turn turn(JsonNode line) {
        return new Turn(
                text(line, "conversation"),
                optional(line, "session"),
                text(line, "id"),
                time(line),
                optional(line, "speaker"),
                text(line, "role").equals("user"),
                text(line, "text"));
    }

    private void lines(String name, Consumer<JsonNode> sink) {
        Path file = folder.resolve(name);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    sink.accept(JSON.readTree(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Not readable: " + file, e);
        }
    }

    private static String text(JsonNode line, String field) {
        return line.required(field).asString();
    }

    private static @Nullable String optional(JsonNode line, String field) {
        JsonNode value = line.path(field);
        return value.isMissingNode() || value.isNull() ? null : value.asString();
    }

    private static @Nullable Instant time(JsonNode line) {
        String time = optional(line, "time");
        return time == null ? null : Instant.parse(time);
    }
}
