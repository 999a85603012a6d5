package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.command.Import;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Histories of other programs, taken over through a real server. */
@Timeout(60)
final class ImportTest {

    private static final String MEM0 = "mem0";
    private static final String CHAT = "sillytavern-chat";
    private static final String FIRST =
            "{\"id\":\"a-1\",\"memory\":\"Name is Anna\",\"user_id\":\"anna\",\"agent_id\":null,\"hash\":\"h\","
                    + "\"metadata\":{\"deep\":[{\"memory\":\"no\"}]},\"categories\":[\"personal\"],"
                    + "\"created_at\":\"2024-07-01T05:00:00.123456-07:00\",\"updated_at\":null}";
    private static final String SECOND =
            "{\"id\":\"a-2\",\"memory\":\"Sails on \\ud83d\\ude00 Sundays\",\"user_id\":\"anna\","
                    + "\"created_at\":\"2024-07-02 05:00:00+00:00\"}";
    private static final String HEADER = "{\"user_name\":\"Anna\",\"character_name\":\"Aria\",\"create_date\":"
            + "\"2024-07-12@01h31m37s123ms\",\"chat_metadata\":{\"note_prompt\":\"\"}}";
    private static final String GREETING =
            chat("Aria", false, "Hello {{user}}, I am {{char}}.", "\"June 19, 2023 2:20pm\"");
    private static final String ANSWER = chat("Anna", true, "My cat is called Miso.", "1719835200000");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
        server.put("/v1/companions/aria", "{\"name\":\"Aria\",\"personality\":{}}")
                .ok();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private record Outcome(int code, String out, String err) {}

    private static String chat(String name, boolean user, String mes, String date) {
        return "{\"name\":\"" + name + "\",\"is_user\":" + user + ",\"is_system\":false,\"send_date\":" + date
                + ",\"mes\":\"" + mes + "\",\"extra\":{},\"swipe_id\":0,\"swipes\":[\"another\"]}";
    }

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("history"), String.join("\n", lines));
    }

    private Outcome run(Path file, String as, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                file.toString(),
                "--as",
                as,
                "--companion",
                "aria",
                "--user",
                "anna",
                "--server",
                "http://127.0.0.1:" + server.port()));
        arguments.addAll(List.of(more));
        return run(Map.of("HEARTH_API_KEY", TestServer.KEY), arguments.toArray(String[]::new));
    }

    private static Outcome run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Import(environment))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    private static void counts(Outcome outcome, int read, int imported, int known, int left) {
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()
                        .lines()
                        .map(line -> line.strip().replaceAll(" {2,}", " ").replace(",", "")))
                .contains("read " + read, "imported " + imported, "already there " + known, "not taken " + left);
    }

    private List<String> stored() {
        List<String> stored = new ArrayList<>();
        for (JsonNode message : server.get("/v1/relationships/aria:anna/messages?limit=200")
                .ok()
                .body()
                .get("data")) {
            stored.add(message.get("role").stringValue() + " "
                    + message.get("time").stringValue() + " "
                    + message.get("text").stringValue());
        }
        return stored;
    }

    private void bothMemories(Outcome outcome) {
        counts(outcome, 2, 2, 0, 0);
        assertThat(stored())
                .containsExactly(
                        "user 2024-07-01T12:00:00.123Z Name is Anna", "user 2024-07-02T05:00:00Z Sails on 😀 Sundays");
        assertThat(server.get("/v1/users/anna/export").ok().text())
                .contains("\"external_id\":\"mem0:a-1\"", "\"external_id\":\"mem0:a-2\",\"session\":1");
    }

    @Test
    void mem0AsAnAnswerOfItsApi() throws IOException {
        Path file = file(
                "\uFEFF{\"count\":2,\"results\":[",
                FIRST + ",",
                SECOND,
                "],\"relations\":[{\"memory\":1}],\"next\":null}");
        bothMemories(run(file, MEM0));
        counts(run(file, MEM0), 2, 0, 2, 0);
    }

    @Test
    void mem0AsAList() throws IOException {
        bothMemories(run(file("[" + FIRST + "," + SECOND + "]"), MEM0));
    }

    @Test
    void mem0AsJsonLines() throws IOException {
        bothMemories(run(file(FIRST, "", SECOND, ""), MEM0));
    }

    @Test
    void mem0WithWhatCannotBeTaken() throws IOException {
        Outcome outcome = run(
                file(
                        FIRST,
                        "{\"id\":\"3\",\"memory\":\"\",\"user_id\":\"anna\",\"created_at\":\"2024-07-02T05:00:00Z\"}",
                        "{\"id\":\"4\",\"memory\":\"x\",\"user_id\":\"ben\",\"created_at\":\"2024-07-02T05:00:00Z\"}",
                        "{\"id\":\"5\",\"memory\":\"x\",\"agent_id\":\"bot\",\"created_at\":\"2024-07-02T05:00:00Z\"}",
                        "{\"id\":\"6\",\"memory\":\"x\",\"user_id\":\"anna\",\"created_at\":\"recently\"}",
                        "{\"id\":\"7\",\"memory\":\"x\",\"user_id\":\"anna\",\"created_at\":\"2999-01-01T00:00:00Z\"}",
                        "{\"id\":\"8\",\"memory\":",
                        "[1]",
                        SECOND),
                MEM0);
        counts(outcome, 9, 2, 0, 7);
        assertThat(outcome.out())
                .contains("1 without text: line 2")
                .contains("1 of another user: line 3")
                .contains("1 of an agent, not of a user: line 4")
                .contains("1 without a readable time: line 5")
                .contains("1 time in the future: line 6")
                .contains("2 no JSON object: lines 7, 8");
    }

    @Test
    void mem0OfAUserWithAnotherName() throws IOException {
        Path file = file("[" + FIRST.replace("\"anna\"", "\"u-17\"") + "]");
        counts(run(file, MEM0), 1, 0, 0, 1);
        counts(run(file, MEM0, "--user-in-file", "u-17"), 1, 1, 0, 0);
    }

    @Test
    void aListThatBreaksInTheMiddleIsToldAndWhatStoodBeforeIsKept() throws IOException {
        Outcome outcome = run(file("[", FIRST + ",", "{\"id\": oops}", "]"), MEM0);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("broken at line 3, column", "behind entry 1");
        assertThat(outcome.out()).contains("imported       1");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void aChatOfSillyTavern() throws IOException {
        Path file = file(
                HEADER,
                GREETING,
                ANSWER,
                chat("Aria", false, "Lovely.\\nTell me more.", "\"2024-07-12@01h31m37s123ms\""),
                chat("Anna", true, "Yes.", "\"2024-07-13T10:00:00.000Z\""));
        counts(run(file, CHAT), 4, 4, 0, 0);
        assertThat(stored())
                .containsExactly(
                        "companion 2023-06-19T14:20:00Z Hello Anna, I am Aria.",
                        "user 2024-07-01T12:00:00Z My cat is called Miso.",
                        "companion 2024-07-12T01:31:37.123Z Lovely.\nTell me more.",
                        "user 2024-07-13T10:00:00Z Yes.");
        counts(run(file, CHAT), 4, 0, 4, 0);
        Path branch = file(HEADER, GREETING, ANSWER, chat("Aria", false, "Otherwise.", "\"2024-07-12T02:00:00Z\""));
        counts(run(branch, CHAT), 3, 1, 2, 0);
    }

    @Test
    void aChatWithWhatCannotBeTaken() throws IOException {
        Outcome outcome = run(
                file(
                        HEADER.replace("Anna", "unused").replace("Aria", "unused"),
                        GREETING,
                        ANSWER.replace("\"is_system\":false", "\"is_system\":true"),
                        GREETING.replace("\"extra\":{}", "\"extra\":{\"type\":\"narrator\"}"),
                        chat("Anna", true, "", "1719835200000"),
                        chat("Anna", true, "x".repeat(40_000), "1719835200000"),
                        "not json",
                        ANSWER.replace("1719835200000", "\"some day\""),
                        ANSWER,
                        ANSWER,
                        chat("Anna", true, "a\\u0000b\\ud800c", "1719835200000")),
                CHAT,
                "--zone",
                "Europe/Berlin");
        counts(outcome, 10, 5, 0, 5);
        assertThat(stored())
                .as("the time of the one before, and what was said twice is there twice")
                .containsExactly(
                        "companion 2023-06-19T12:20:00Z Hello Anna, I am Aria.",
                        "user 2024-07-01T12:00:00Z My cat is called Miso.",
                        "user 2024-07-01T12:00:00Z My cat is called Miso.",
                        "user 2024-07-01T12:00:00Z My cat is called Miso.",
                        "user 2024-07-01T12:00:00Z ab\uFFFDc");
        assertThat(outcome.out())
                .contains("2 hidden, or of the system: lines 3, 4")
                .contains("1 text over 32,768 characters: line 6")
                .contains("1 no JSON object: line 7");
    }

    @Test
    void aLineThatIsTooLongOrNoUtf8CostsOnlyItself() throws IOException {
        Path file = folder.resolve("history");
        byte[] wrong = GREETING.replace("Hello", "Hall\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        try (var out = Files.newOutputStream(file)) {
            out.write((HEADER + "\n" + GREETING + "\n").getBytes(StandardCharsets.UTF_8));
            out.write(wrong);
            out.write(
                    ("\n{\"mes\":\"" + "y".repeat(9 << 20) + "\"}\n" + ANSWER + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Outcome outcome = run(file, CHAT);
        counts(outcome, 4, 2, 0, 2);
        assertThat(outcome.out()).contains("1 not UTF-8: line 3", "1 line over 8 MiB: line 4");
    }

    @Test
    void aLongHistoryGoesInBatches() throws IOException {
        StringBuilder lines = new StringBuilder(HEADER);
        for (int i = 0; i < 1_203; i++) {
            lines.append('\n').append(chat("Anna", true, "Line " + i, String.valueOf(1_719_835_200_000L + i)));
        }
        counts(run(file(lines.toString()), CHAT), 1203, 1203, 0, 0);
    }

    @Test
    void aFileThatIsSomethingElseIsToldAsWhatItIs() throws IOException {
        for (String content : List.of("", "  \n ", "{\"x\":1}", "hello", "PNG", "ZIP", "CHAT", "MEM0")) {
            toldAsWhatItIs(content);
        }
    }

    private void toldAsWhatItIs(String content) throws IOException {
        Path file = folder.resolve("history");
        byte[] bytes = switch (content) {
            case "PNG" -> new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10};
            case "ZIP" -> new byte[] {'P', 'K', 3, 4, 0, 0};
            case "CHAT" -> (HEADER + "\n" + GREETING).getBytes(StandardCharsets.UTF_8);
            case "MEM0" -> ("{\"results\":[" + FIRST + "]}").getBytes(StandardCharsets.UTF_8);
            default -> content.getBytes(StandardCharsets.UTF_8);
        };
        Files.write(file, bytes);
        String told = switch (content) {
            case "PNG" -> "is a picture";
            case "ZIP" -> "is binary";
            case "CHAT" -> "Run this again with --as sillytavern-chat.";
            case "MEM0" -> "Run this again with --as mem0.";
            case "hello", "{\"x\":1}" -> "does not look like";
            default -> "is empty";
        };
        Outcome outcome = run(file, content.equals("CHAT") ? MEM0 : CHAT);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("hearth: ")
                .contains(told)
                .contains("history")
                .doesNotContain("\tat ");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aCompanionThatIsMissingIsMadeOnlyWhereAsked() throws IOException {
        server.delete("/v1/companions/aria");
        Path file = file(FIRST);
        Outcome refused = run(file, MEM0);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("There is no companion \"aria\"", "--create");
        counts(run(file, MEM0, "--create"), 1, 1, 0, 0);
    }

    @Test
    void noServerNoKeyAndAWrongKeyAreSaidPlainly() throws IOException {
        Path file = file(FIRST);
        String[] arguments = {
            file.toString(),
            "--as",
            MEM0,
            "--companion",
            "aria",
            "--user",
            "anna",
            "--data",
            folder.toString(),
            "--server",
            "http://127.0.0.1:" + server.port()
        };
        assertThat(run(Map.of(), arguments).err()).contains("There is no key", "api-key");
        Files.writeString(folder.resolve("api-key"), TestServer.KEY + "\n");
        assertThat(run(Map.of(), arguments).code()).isZero();
        Outcome wrong = run(Map.of("HEARTH_API_KEY", "hk_wrong"), arguments);
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("The key is not this server's").doesNotContain("hk_wrong");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            arguments[arguments.length - 1] = "http://127.0.0.1:" + socket.getLocalPort();
        }
        Outcome nobody = run(Map.of(), arguments);
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).startsWith("hearth: No server answers at http://127.0.0.1:");
        assertThat(nobody.err().lines()).hasSize(1);
    }

    @Test
    void whatIsNotUnderstoodIsExitTwo() throws IOException {
        Path file = file(FIRST);
        assertThat(run(file, "diary").code()).isEqualTo(2);
        assertThat(run(file, "diary").err()).contains("known are mem0 and sillytavern-chat");
        assertThat(run(file, MEM0, "--zone", "Mars").code()).isEqualTo(2);
        assertThat(run(Map.of(), file.toString()).code()).isEqualTo(2);
        Outcome nowhere = run(
                Map.of("HEARTH_API_KEY", "k"),
                file.toString(),
                "--as",
                MEM0,
                "--companion",
                "aria",
                "--user",
                "anna",
                "--server",
                "nowhere");
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.err()).contains("--server is \"nowhere\"");
    }
}
