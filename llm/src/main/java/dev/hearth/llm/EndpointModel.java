package dev.hearth.llm;

import dev.hearth.spi.ChatModel;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatModelException.Kind;
import dev.hearth.spi.ChatReply;
import dev.hearth.spi.ChatRequest;
import dev.hearth.spi.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chat model behind HTTP.
 *
 * <ol>
 *   <li>The sink is called on the thread that called {@link #speak}, in order.
 *   <li>Interrupting that thread, an exception out of the sink, and the deadline each close the connection at once, also
 *       before the first byte: the provider stops writing, and the caller stops paying.
 *   <li>A reply counts once the endpoint has said why it ended; everything else is a {@link ChatModelException}.
 *   <li>Nothing is tried twice, redirects are not followed, and failures name the host and never the key or a text.
 *   <li>At most 512 calls run at once; further ones wait for as long as their deadline allows.
 * </ol>
 */
public final class EndpointModel implements ChatModel {

    private static final int CALLS_AT_ONCE = 512;
    private static final int LONGEST_ERROR = 16_384;
    private static final Duration USAGE_PATIENCE = Duration.ofSeconds(1);

    private final ModelEndpoint endpoint;
    private final Dialect dialect;
    private final JsonMapper json = JsonMapper.shared();
    private final EndpointFailures failures;
    private final HttpClient http;
    private final Semaphore calls = new Semaphore(CALLS_AT_ONCE);

    private EndpointModel(ModelEndpoint endpoint, Dialect dialect) {
        this.endpoint = endpoint;
        this.dialect = dialect;
        this.failures = new EndpointFailures(json, endpoint);
        this.http = HttpClient.newBuilder()
                // Plain HTTP/1.1: cancelling a call closes its connection, and local servers choke on an upgrade to 2.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(endpoint.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** A model at an endpoint that speaks OpenAI's chat completions: OpenAI, vLLM, llama.cpp, Ollama, OpenRouter... */
    public static ChatModel openAiCompatible(ModelEndpoint endpoint) {
        return new EndpointModel(endpoint, OpenAiDialect.INSTANCE);
    }

    /** A model at an endpoint that speaks Anthropic's messages. */
    public static ChatModel anthropic(ModelEndpoint endpoint) {
        return new EndpointModel(endpoint, AnthropicDialect.INSTANCE);
    }

    @Override
    public String name() {
        return endpoint.model();
    }

    @Override
    public ChatReply speak(ChatRequest request, Deadline deadline, DeltaSink sink) throws InterruptedException {
        if (!calls.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS) || deadline.expired()) {
            throw failures.stalled(false);
        }
        try {
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(request(request), deadline);
            ResponseBody body = new ResponseBody();
            response.body().subscribe(body);
            boolean whole = false;
            try {
                ChatReply reply = read(response, body, new PartialReply(sink, failures), deadline);
                whole = true;
                return reply;
            } finally {
                if (whole) {
                    body.release();
                } else {
                    body.abandon();
                }
            }
        } finally {
            calls.release();
        }
    }

    private HttpRequest request(ChatRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(endpoint.at(dialect.resource()))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(dialect.body(endpoint, request))));
        dialect.headers(endpoint.key()).forEach(builder::header);
        return builder.build();
    }

    private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(HttpRequest request, Deadline deadline)
            throws InterruptedException {
        CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> answer =
                http.sendAsync(request, BodyHandlers.ofPublisher());
        try {
            return answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failures.unreachable(e.getCause());
        } catch (TimeoutException e) {
            giveUp(answer);
            throw failures.stalled(false);
        } catch (InterruptedException e) {
            giveUp(answer);
            throw e;
        }
    }

    /** Cancels the call, and closes the connection of an answer that arrives in this very moment. */
    private static void giveUp(CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> answer) {
        var _ = answer.whenComplete((response, failure) -> {
            if (response != null) {
                ResponseBody unwanted = new ResponseBody();
                unwanted.abandon();
                response.body().subscribe(unwanted);
            }
        });
        answer.cancel(true);
    }

    private ChatReply read(HttpResponse<?> response, ResponseBody body, PartialReply reply, Deadline deadline)
            throws InterruptedException {
        if (response.statusCode() != 200) {
            throw failures.status(response.statusCode(), errorText(body, deadline));
        }
        String type = response.headers().firstValue("content-type").orElse("");
        if (type.startsWith("text/html")) {
            throw failures.of(Kind.GARBLED, "answered with a web page; check HEARTH_MODEL_URL", null);
        }
        EventStream events = new EventStream();
        Deadline patience = deadline;
        boolean understood = false;
        try {
            for (List<ByteBuffer> piece = body.next(patience.remainingNanos());
                    piece != null;
                    piece = body.next(patience.remainingNanos())) {
                for (ByteBuffer buffer : piece) {
                    for (String event : cut(events, buffer)) {
                        understood = true;
                        take(event, reply);
                        if (reply.ended()) {
                            return reply.whole();
                        }
                    }
                }
                if (reply.finished() && patience.equals(deadline)) {
                    patience = deadline.within(USAGE_PATIENCE);
                }
            }
        } catch (TimeoutException e) {
            if (!reply.finished()) {
                throw failures.stalled(reply.started());
            }
        } catch (IOException e) {
            if (!reply.finished()) {
                throw failures.cutShort(e);
            }
        }
        if (!understood) {
            throw failures.of(
                    Kind.GARBLED, "answered with something that is no event stream; check HEARTH_MODEL_URL", null);
        }
        return reply.whole();
    }

    private List<String> cut(EventStream events, ByteBuffer buffer) {
        try {
            return events.feed(buffer);
        } catch (IllegalStateException e) {
            throw failures.of(
                    Kind.GARBLED, "answered with something that is no event stream; check HEARTH_MODEL_URL", e);
        }
    }

    private void take(String event, PartialReply reply) throws InterruptedException {
        if (event.strip().equals("[DONE]")) {
            reply.end();
            return;
        }
        JsonNode data = parsed(event);
        if (data == null) {
            // Without the cause: it quotes what it could not read, and that may be a user's text.
            throw failures.of(Kind.GARBLED, "sent an event that is no JSON object", null);
        }
        dialect.read(data, reply);
    }

    private @Nullable JsonNode parsed(String event) {
        try {
            JsonNode data = json.readTree(event);
            return data.isObject() ? data : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** The beginning of an error's body, as far as it arrives soon. */
    private static String errorText(ResponseBody body, Deadline deadline) throws InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Deadline soon = deadline.within(USAGE_PATIENCE);
        try {
            for (List<ByteBuffer> piece = body.next(soon.remainingNanos());
                    piece != null && text.size() < LONGEST_ERROR;
                    piece = body.next(soon.remainingNanos())) {
                for (ByteBuffer buffer : piece) {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.get(bytes);
                    text.writeBytes(bytes);
                }
            }
        } catch (TimeoutException | IOException e) {
            // What arrived has to do.
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Drops the connections; calls under way fail. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
