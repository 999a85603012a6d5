package dev.hearth.bench.generate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code hearth eval generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description =
                "Writes a set for eval recall: what changed, what was never told, in small talk. The same by seed.")
public final class EvalGenerate implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Option(names = "--seed", description = "Another seed makes another set.", defaultValue = "7")
    private long seed;

    @Option(names = "--conversations", paramLabel = "N", defaultValue = "50")
    private int conversations;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to; it is made.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createDirectories(Objects.requireNonNull(out));
        GeneratedSet set = new GeneratedSet(seed, conversations);
        write(
                folder.resolve("turns.jsonl.gz"),
                set.turns.stream().map(EvalGenerate::line).toList());
        write(
                folder.resolve("questions.jsonl.gz"),
                set.questions.stream().map(EvalGenerate::line).toList());
        System.out.printf(
                "seed %d: %d conversations, %d turns, %d questions (%d of updates, %d of what was never told) in %s%n",
                seed,
                conversations,
                set.turns.size(),
                set.questions.size(),
                count(set, GeneratedSet.UPDATE),
                count(set, GeneratedSet.ABSTENTION),
                folder);
        return 0;
    }

    private static long count(GeneratedSet set, String category) {
        return set.questions.stream()
                .filter(question -> question.category().equals(category))
                .count();
    }

    private static ObjectNode line(GeneratedSet.Turn turn) {
        return JSON.createObjectNode()
                .put("conversation", turn.conversation())
                .put("session", turn.session())
                .put("id", turn.id())
                .put("time", turn.time().toString())
                .put("speaker", turn.speaker())
                .put("role", turn.role())
                .put("text", turn.text());
    }

    private static ObjectNode line(GeneratedSet.Question question) {
        ObjectNode line = JSON.createObjectNode()
                .put("conversation", question.conversation())
                .put("id", question.id())
                .put("question", question.question())
                .put("category", question.category());
        question.evidence().forEach(line.putArray("evidence")::add);
        return line.put("time", question.time().toString());
    }

    private static void write(Path file, List<ObjectNode> lines) throws IOException {
        try (BufferedWriter writer = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (ObjectNode line : lines) {
                writer.write(JSON.writeValueAsString(line));
                writer.write('\n');
            }
        }
    }
}
