package dev.hearth.bench.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of the native API, as far as measuring needs it. Safe for many threads; calls block. A request without an
 * answer is an {@link UncheckedIOException}.
 */
public final class HearthClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI address;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final Duration timeout;

    public HearthClient(URI address) {
        this(address, TIMEOUT.toSeconds());
    }

    HearthClient(URI address, long timeoutSeconds) {
        this.address = address;
        this.timeout = Duration.ofSeconds(timeoutSeconds);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .executor(executor)
                .build();
    }

    /** What was answered. */
    public record Answer(int status, JsonNode body) {

        public boolean ok() {
            return status == 200;
        }

        /** The problem's code, or {@code ok}. */
        public String code() {
            return ok() ? "ok" : body.path("code").asString("http_" + status);
        }
    }

    /** Whether {@code /ready} answers 200. */
    boolean ready() {
        try {
            return call("GET", "/ready", null, null).ok();
        } catch (UncheckedIOException notListening) {
            return false;
        }
    }

    /** Makes a companion. */
    public void companion(String slug) {
        ObjectNode body = JSON.createObjectNode().put("name", "Bench");
        body.putObject("personality").putArray("core_traits").add("warm");
        require(call("PUT", "/v1/companions/" + slug, body, null));
    }

    /** The id of the relationship with a user, made where it is missing. */
    public String ensure(String companion, String user) {
        String path = "/v1/companions/" + companion + "/users/" + encoded(user);
        return require(call("PUT", path, null, null))
                .required("relationship_id")
                .asString();
    }

    /** Takes a turn; the answer is the acknowledgement. */
    public Answer turn(String relationship, String text, @Nullable String key) {
        return call("POST", messages(relationship), JSON.createObjectNode().put("text", text), key);
    }

    /** Takes a turn and follows its events; the answer is {@code turn.completed}, or the problem instead of it. */
    public Answer turnByEvents(String relationship, String text, String key) {
        HttpRequest request = request(
                        "POST", messages(relationship), JSON.createObjectNode().put("text", text), key)
                .setHeader("Accept", "text/event-stream")
                .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 200) {
            return new Answer(response.statusCode(), parsed(response.body()));
        }
        String event = "";
        for (String line : response.body().lines().toList()) {
            if (line.startsWith("event: ")) {
                event = line.substring("event: ".length());
            } else if (line.startsWith("data: ") && event.equals("turn.completed")) {
                return new Answer(200, parsed(line.substring("data: ".length())));
            } else if (line.startsWith("data: ") && event.equals("error")) {
                JsonNode problem = parsed(line.substring("data: ".length())).path("problem");
                return new Answer(problem.path("status").asInt(500), problem);
            }
        }
        throw new UncheckedIOException(new IOException("The stream ended without an acknowledgement."));
    }

    public Answer importMessages(String relationship, ObjectNode messages) {
        return call("POST", messages(relationship) + ":import", messages, null);
    }

    /** One page of messages, oldest first. */
    public Answer messages(String relationship, @Nullable String cursor) {
        String from = cursor == null ? "" : "&cursor=" + encoded(cursor);
        return call("GET", messages(relationship) + "?limit=200" + from, null, null);
    }

    public Answer search(String relationship, String query) {
        ObjectNode body = JSON.createObjectNode().put("query", query).put("limit", 10);
        return call("POST", "/v1/relationships/" + relationship + "/memories:search", body, null);
    }

    public Answer trace(String turn) {
        return call("GET", "/v1/turns/" + turn, null, null);
    }

    private Answer call(String method, String path, @Nullable JsonNode body, @Nullable String key) {
        HttpResponse<String> response = send(request(method, path, body, key).build());
        return new Answer(response.statusCode(), parsed(response.body()));
    }

    private HttpRequest.Builder request(String method, String path, @Nullable JsonNode body, @Nullable String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + ServerProcess.KEY)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return key == null ? request : request.header("Idempotency-Key", key);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("Interrupted while waiting for an answer.", e));
        }
    }

    private static JsonNode require(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException("The server answered " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }

    private static JsonNode parsed(String body) {
        return body.isBlank() ? JSON.missingNode() : JSON.readTree(body);
    }

    private static String messages(String relationship) {
        return "/v1/relationships/" + relationship + "/messages";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
        executor.close();
    }
}
