package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hearth.llm.OfflineVoice;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.testkit.ScriptedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of the documents do what they say. Java is compiled and run; shell examples that ask the server are run by
 * the shell. What is changed in them is the server's address, the key from the environment and the data folder.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExamplesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();
    private static final List<String> DOCUMENTS = List.of("README.md", "docs/doors.md");
    private static final Pattern BLOCK = Pattern.compile("```(java|sh)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PRINTS = Pattern.compile("// prints: (.*)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    private record Example(String document, int line, String language, String text) {
        String name() {
            return document + ":" + line;
        }
    }

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        server = TestServer.start();
        OfflineVoice voice = new OfflineVoice();
        server.model.otherwise(request -> {
            try {
                Deadline soon = Deadline.after(Clock.system(), PATIENCE);
                return ScriptedModel.say(voice.speak(request, soon, piece -> {}).text());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Path data = Files.createDirectories(folder.resolve("hearth-data"));
        Files.writeString(data.resolve("api-key"), TestServer.KEY + "\n");
    }

    @AfterAll
    void end() {
        server.close();
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String document : DOCUMENTS) {
            String text = Files.readString(ROOT.resolve(document));
            Matcher block = BLOCK.matcher(text);
            while (block.find()) {
                int line = (int) text.substring(0, block.start()).lines().count() + 1;
                examples.add(new Example(document, line, block.group(1), block.group(2)));
            }
        }
        return examples;
    }

    @TestFactory
    Stream<DynamicTest> everyExampleWorks() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Example example : examples()) {
            if (example.language().equals("java")) {
                tests.add(dynamicTest(example.name(), () -> java(example)));
            } else if (example.text().contains("curl ")) {
                tests.add(dynamicTest(example.name(), () -> shell(example)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(5);
        return tests.stream();
    }

    private String here(String text) {
        return text.replace("127.0.0.1:8080", "127.0.0.1:" + server.port())
                .replace("System.getenv(\"HEARTH_API_KEY\")", "\"" + TestServer.KEY + "\"")
                .replace(
                        "Path.of(\"hearth-data\")",
                        "Path.of(\"" + folder.resolve("library-data").toString().replace("\\", "/") + "\")");
    }

    private void java(Example example) throws Exception {
        String text = here(example.text());
        String imports = text.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body = text.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        Path sources = Files.createTempDirectory(folder, "example");
        Path file = sources.resolve("Example.java");
        Files.writeString(
                file,
                imports + "\npublic class Example { public static void main(String[] a) throws Exception {\n" + body
                        + "\n}}\n");
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int failed = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
                .run(null, complaints, complaints, "-d", sources.toString(), file.toString());
        assertThat(failed).as(complaints.toString(StandardCharsets.UTF_8)).isZero();

        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {sources.toUri().toURL()}, ExamplesTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        Matcher prints = PRINTS.matcher(example.text());
        while (prints.find()) {
            assertThat(printed.toString(StandardCharsets.UTF_8)).contains(prints.group(1));
        }
    }

    private void shell(Example example) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-eu", "-c", here(example.text()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed).doesNotContain("urn:hearth:problem", "\"error\"");
        if (example.text().contains("When is my exam?")) {
            assertThat(printed).contains("Friday");
        }
    }
}
