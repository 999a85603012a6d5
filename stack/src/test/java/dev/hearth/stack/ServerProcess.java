package dev.hearth.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Hearth's server as it is packaged, in a process of its own, for its jars and the stack's do not go together. */
final class ServerProcess implements AutoCloseable {

    static final Path JARS = Path.of("..", "server", "target", "hearth", "lib");
    private static final String KEY = "hk_test";
    private static final String ADDRESS = "  address  ";
    private static final long ENDS_SECONDS = 60;

    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServerProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Serves until it is closed. */
    static ServerProcess serve(Path folder, Path configuration) throws IOException {
        Path errors = folder.resolve("server.log");
        Process process = builder("serve", "--port", "0", "--config", configuration.toString())
                .redirectError(errors.toFile())
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ADDRESS)) {
                Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
                return new ServerProcess(process, URI.create(line.substring(ADDRESS.length())));
            }
        }
        process.destroyForcibly();
        throw new AssertionError("The server did not start: " + Files.readString(errors));
    }

    /** Runs another command to its end. */
    static MigrateTest.Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("command.log");
        Process process = builder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(ENDS_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("The command did not end: " + Files.readString(output));
        }
        return new MigrateTest.Ended(process.exitValue(), Files.readString(output));
    }

    private static ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Java.PROGRAM,
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                JARS.toAbsolutePath().normalize().resolve("*").toString(),
                "dev.hearth.server.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("HEARTH_"));
        builder.environment().put("HEARTH_API_KEY", KEY);
        return builder;
    }

    void say(String user, String text) {
        ok("POST", "/v1/relationships/aria:" + user + "/messages", "{\"text\":\"" + text + "\"}");
    }

    /** The texts that a search finds, in its order; the scores depend on the time of asking. */
    String found(String user, String query) {
        String answer =
                ok("POST", "/v1/relationships/aria:" + user + "/memories:search", "{\"query\":\"" + query + "\"}");
        List<String> texts = new ArrayList<>();
        var text = java.util.regex.Pattern.compile("\"text\":\"([^\"]*)\"").matcher(answer);
        while (text.find()) {
            texts.add(text.group(1));
        }
        assertThat(texts).contains("My cat is called Miso, said " + user + ".");
        return texts.toString();
    }

    String ok(String method, String path, String body) {
        HttpResponse<String> answer = send(method, path, body);
        assertThat(answer.statusCode() / 100)
                .as(method + " " + path + ": " + answer.body())
                .isEqualTo(2);
        return answer.body();
    }

    int status(String method, String path, String body) {
        return send(method, path, body).statusCode();
    }

    private HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + KEY)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as an operator does, and waits until it has. */
    @Override
    public void close() throws IOException {
        http.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(ENDS_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The server did not end.");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
    }
}
