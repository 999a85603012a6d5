package dev.hearth.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.spi.ChatModel;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatModelException.Kind;
import dev.hearth.spi.ChatReply;
import dev.hearth.spi.ChatReply.Finish;
import dev.hearth.spi.ChatReply.Usage;
import dev.hearth.spi.ChatRequest;
import dev.hearth.spi.ChatRequest.Message;
import dev.hearth.spi.ChatRequest.Role;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Grounding;
import dev.hearth.testkit.FakeModelAnswer;
import dev.hearth.testkit.FakeModelEndpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(20)
final class EndpointModelTest {

    /** Both adapters pass every test that is not about the wire itself. */
    enum Adapter {
        OPENAI,
        ANTHROPIC;

        ChatModel at(URI base) {
            ModelEndpoint endpoint = new ModelEndpoint(base, "some-model", KEY, Duration.ofSeconds(2));
            return this == OPENAI ? EndpointModel.openAiCompatible(endpoint) : EndpointModel.anthropic(endpoint);
        }
    }

    private static final String KEY = "sk-never-to-be-seen";
    private static final String SECRET = "a message nobody may repeat";
    private static final ChatRequest REQUEST = new ChatRequest(
            List.of(
                    new Message(Role.SYSTEM, "You are Mira."),
                    new Message(Role.USER, "Hi “you”\n\\o/"),
                    new Message(Role.ASSISTANT, "Hello!"),
                    new Message(Role.USER, "How are you?")),
            77,
            new Grounding(
                    "Mira",
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    "How are you?",
                    List.of(),
                    List.of(),
                    Instant.EPOCH));

    private final FakeModelEndpoint fake = FakeModelEndpoint.start();
    private final List<ChatModel> models = new ArrayList<>();
    private final List<String> deltas = new ArrayList<>();

    @BeforeEach
    void noAnswerByChance() {
        fake.otherwise(FakeModelAnswer.error(500, "unexpected"));
    }

    @AfterEach
    void close() {
        models.forEach(ChatModel::close);
        fake.close();
    }

    private static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(10));
    }

    private ChatModel model(Adapter adapter) {
        ChatModel model = adapter.at(fake.baseUrl());
        models.add(model);
        return model;
    }

    private ChatReply speak(Adapter adapter) throws InterruptedException {
        return model(adapter).speak(REQUEST, soon(), deltas::add);
    }

    private ChatModelException failure(Adapter adapter) {
        return failure(model(adapter), soon());
    }

    private ChatModelException failure(ChatModel model, Deadline deadline) {
        ChatModelException failure =
                catchThrowableOfType(ChatModelException.class, () -> model.speak(REQUEST, deadline, deltas::add));
        assertThat(failure).isNotNull();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(KEY, SECRET, "How are you", "You are Mira");
        assertThat(failure).hasMessageContaining("127.0.0.1");
        return failure;
    }

    @ParameterizedTest
    @EnumSource
    void a_reply_arrives_in_pieces_in_order_on_the_calling_thread(Adapter adapter) throws InterruptedException {
        fake.answer(FakeModelAnswer.says("Grüße", ", “friend”", " \uD83D\uDD25", "\nbye")
                .usage(120, 96, 9));
        List<Thread> threads = new ArrayList<>();
        ChatReply reply = model(adapter).speak(REQUEST, soon(), delta -> {
            deltas.add(delta);
            threads.add(Thread.currentThread());
        });
        assertThat(reply)
                .isEqualTo(new ChatReply("Grüße, “friend” \uD83D\uDD25\nbye", Finish.STOP, new Usage(120, 96, 9)));
        assertThat(deltas).containsExactly("Grüße", ", “friend”", " \uD83D\uDD25", "\nbye");
        assertThat(threads).containsOnly(Thread.currentThread());
    }

    @ParameterizedTest
    @EnumSource
    void pieces_are_passed_on_as_they_come(Adapter adapter) throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        fake.answer(FakeModelAnswer.stream()
                .say("one")
                .waitFor(gate)
                .say(" two")
                .finish("stop")
                .done());
        ChatReply reply = model(adapter).speak(REQUEST, soon(), delta -> {
            deltas.add(delta);
            // The rest comes only because the first piece was seen before the end.
            gate.countDown();
        });
        assertThat(reply.text()).isEqualTo("one two");
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_serves_again(Adapter adapter) throws InterruptedException {
        fake.otherwise(FakeModelAnswer.says("Yes."));
        ChatModel model = model(adapter);
        for (int i = 0; i < 20; i++) {
            assertThat(model.speak(REQUEST, soon(), delta -> {}).text()).isEqualTo("Yes.");
        }
        // Releasing is not awaited, so a call may now and then open one more.
        assertThat(fake.connections()).isLessThan(20);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI,stop,STOP", "OPENAI,length,LENGTH", "OPENAI,content_filter,FILTERED", "OPENAI,tool_calls,STOP",
        "ANTHROPIC,stop,STOP", "ANTHROPIC,length,LENGTH", "ANTHROPIC,content_filter,FILTERED",
                "ANTHROPIC,stop_sequence,STOP"
    })
    void the_reason_of_the_end_is_passed_on(Adapter adapter, String reason, Finish finish) throws InterruptedException {
        fake.answer(FakeModelAnswer.stream().say("Well").finish(reason).done());
        assertThat(speak(adapter).finish()).isEqualTo(finish);
    }

    @ParameterizedTest
    @EnumSource
    void a_finished_reply_needs_no_closing_marker(Adapter adapter) throws InterruptedException {
        fake.answer(FakeModelAnswer.stream().say("Done").finish("stop"));
        assertThat(speak(adapter).text()).isEqualTo("Done");
        fake.answer(FakeModelAnswer.stream().say("Done").finish("stop").cut());
        assertThat(speak(adapter).text()).isEqualTo("Done");
        fake.answer(FakeModelAnswer.stream().say("Done").finish("stop").hang());
        assertThat(speak(adapter).text()).isEqualTo("Done");
    }

    @ParameterizedTest
    @EnumSource
    void a_filtered_reply_may_be_empty(Adapter adapter) throws InterruptedException {
        fake.answer(FakeModelAnswer.stream().finish("content_filter").done());
        assertThat(speak(adapter)).isEqualTo(new ChatReply("", Finish.FILTERED, speakUsage(adapter)));
    }

    private static Usage speakUsage(Adapter adapter) {
        return adapter == Adapter.OPENAI ? Usage.NONE : new Usage(0, 0, 0);
    }

    @Test
    void the_openai_request_is_what_compatible_servers_expect() throws InterruptedException {
        fake.answer(FakeModelAnswer.says("ok"));
        speak(Adapter.OPENAI);
        FakeModelEndpoint.Request request = fake.awaitRequest(Duration.ofSeconds(5));
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.headers())
                .containsEntry("authorization", "Bearer " + KEY)
                .doesNotContainKey("upgrade");
        JsonNode body = JsonMapper.shared().readTree(request.body());
        assertThat(body.path("model").asString()).isEqualTo("some-model");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(77);
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.path("stream_options").path("include_usage").asBoolean())
                .isTrue();
        assertThat(body.path("messages").toString())
                .isEqualTo("[{\"role\":\"system\",\"content\":\"You are Mira.\"},"
                        + "{\"role\":\"user\",\"content\":\"Hi “you”\\n\\\\o/\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Hello!\"},"
                        + "{\"role\":\"user\",\"content\":\"How are you?\"}]");
    }

    @Test
    void a_local_server_is_asked_without_a_key() throws InterruptedException {
        fake.answer(FakeModelAnswer.says("ok"));
        try (ChatModel model =
                EndpointModel.openAiCompatible(new ModelEndpoint(fake.baseUrl(), "m", " ", Duration.ofSeconds(2)))) {
            model.speak(REQUEST, soon(), deltas::add);
        }
        assertThat(fake.awaitRequest(Duration.ofSeconds(5)).headers()).doesNotContainKey("authorization");
    }

    @Test
    void the_anthropic_request_asks_for_the_prompt_cache() throws InterruptedException {
        fake.answer(FakeModelAnswer.says("ok"));
        speak(Adapter.ANTHROPIC);
        FakeModelEndpoint.Request request = fake.awaitRequest(Duration.ofSeconds(5));
        assertThat(request.path()).isEqualTo("/v1/messages");
        assertThat(request.headers()).containsEntry("x-api-key", KEY).containsEntry("anthropic-version", "2023-06-01");
        JsonNode body = JsonMapper.shared().readTree(request.body());
        assertThat(body.path("max_tokens").asInt()).isEqualTo(77);
        assertThat(body.path("system").toString())
                .isEqualTo(
                        "[{\"type\":\"text\",\"text\":\"You are Mira.\",\"cache_control\":{\"type\":\"ephemeral\"}}]");
        JsonNode messages = body.path("messages");
        assertThat(messages.size()).isEqualTo(3);
        assertThat(messages.path(1).path("content").path(0).has("cache_control"))
                .isTrue();
        assertThat(messages.path(2).path("content").path(0).has("cache_control"))
                .isFalse();
        assertThat(messages.path(2).path("role").asString()).isEqualTo("user");
    }

    @Test
    void anthropic_is_never_sent_an_empty_text_nor_an_assistant_first() throws InterruptedException {
        fake.answer(FakeModelAnswer.says("ok"));
        ChatRequest opened = new ChatRequest(
                List.of(
                        new Message(Role.SYSTEM, " "),
                        new Message(Role.ASSISTANT, "I was thinking of your exam."),
                        new Message(Role.USER, "Thanks")),
                5,
                REQUEST.grounding());
        model(Adapter.ANTHROPIC).speak(opened, soon(), deltas::add);
        JsonNode body = JsonMapper.shared()
                .readTree(fake.awaitRequest(Duration.ofSeconds(5)).body());
        assertThat(body.has("system")).isFalse();
        assertThat(body.path("messages").path(0).path("role").asString()).isEqualTo("user");
        assertThat(body.path("messages").size()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "400,REFUSED,window", "401,REFUSED,HEARTH_MODEL_KEY", "403,REFUSED,HEARTH_MODEL_KEY",
        "404,REFUSED,HEARTH_MODEL_URL", "301,REFUSED,HEARTH_MODEL_URL", "429,RATE_LIMITED,too many",
        "500,UNAVAILABLE,500", "503,UNAVAILABLE,503", "529,UNAVAILABLE,529"
    })
    void a_refusal_says_what_to_check(int status, Kind kind, String advice) {
        for (Adapter adapter : Adapter.values()) {
            fake.answer(FakeModelAnswer.error(status, "some_code"));
            ChatModelException failure = failure(adapter);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining(advice).hasMessageContaining("(some_code)");
        }
        assertThat(fake.requests()).as("nothing is tried twice").hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void nobody_listens(Adapter adapter) {
        ChatModel model = adapter.at(FakeModelEndpoint.refusing());
        models.add(model);
        ChatModelException failure = failure(model, soon());
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("HEARTH_MODEL_URL");
    }

    @ParameterizedTest
    @EnumSource
    void nonsense_is_garbled(Adapter adapter) {
        List<FakeModelAnswer> nonsense = List.of(
                FakeModelAnswer.status(200, "text/html; charset=utf-8", "<html>" + SECRET + "</html>"),
                FakeModelAnswer.status(200, "text/plain", "\u0000\u0001" + SECRET),
                FakeModelAnswer.status(200, "application/json", "{\"choices\":[]}"),
                FakeModelAnswer.status(200, "text/event-stream", ""),
                FakeModelAnswer.status(200, "text/event-stream", "x".repeat(2 << 20)),
                FakeModelAnswer.stream().raw("event: message_delta\ndata: {" + SECRET + "\n\n"),
                FakeModelAnswer.stream().raw("event: message_delta\ndata: [1]\n\n"),
                FakeModelAnswer.stream().say("Hel").raw("event: message_delta\ndata: " + SECRET + "\n\n"),
                FakeModelAnswer.stream().say("  ").finish("stop").done(),
                FakeModelAnswer.stream().finish("length").done());
        for (FakeModelAnswer answer : nonsense) {
            fake.answer(answer);
            assertThat(failure(adapter).kind()).isEqualTo(Kind.GARBLED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void half_a_stream_is_cut_short(Adapter adapter) {
        List<FakeModelAnswer> halves = List.of(
                FakeModelAnswer.stream().say("Hel"),
                FakeModelAnswer.stream().say("Hel").cut(),
                FakeModelAnswer.stream().head().cut(),
                FakeModelAnswer.stream().say("Hel").raw("data: {\"choices\":[{\"delta\":{\"content\":\"lo\"}"));
        for (FakeModelAnswer answer : halves) {
            deltas.clear();
            fake.answer(answer);
            assertThat(failure(adapter).kind()).isEqualTo(Kind.CUT_SHORT);
            assertThat(String.join("", deltas)).isIn("", "Hel");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_error_inside_the_stream_is_an_error(Adapter adapter) {
        String event = "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"" + SECRET
                + "\"}}\n\n";
        fake.answer(FakeModelAnswer.stream().raw(event.formatted("overloaded_error")));
        assertThat(failure(adapter).kind()).isEqualTo(Kind.UNAVAILABLE);
        fake.answer(FakeModelAnswer.stream().raw(event.formatted("rate_limit_error")));
        assertThat(failure(adapter).kind()).isEqualTo(Kind.RATE_LIMITED);
        fake.answer(FakeModelAnswer.stream().say("Hel").raw(event.formatted("overloaded_error")));
        ChatModelException failure = failure(adapter);
        assertThat(failure.kind()).isEqualTo(Kind.CUT_SHORT);
        assertThat(failure).hasMessageContaining("overloaded_error");
    }

    @ParameterizedTest
    @EnumSource
    void a_stalled_model_is_given_up_at_the_deadline_and_its_connection_closed(Adapter adapter)
            throws InterruptedException {
        List<FakeModelAnswer> stalls = List.of(
                FakeModelAnswer.stream().hang(),
                FakeModelAnswer.stream().head().hang(),
                FakeModelAnswer.stream().say("Hel").hang());
        for (FakeModelAnswer answer : stalls) {
            fake.answer(answer);
            Deadline deadline = Deadline.after(Clock.system(), Duration.ofMillis(150));
            assertThat(failure(model(adapter), deadline).kind()).isEqualTo(Kind.STALLED);
            assertThat(fake.awaitRequest(Duration.ofSeconds(5)).awaitClientGone(Duration.ofSeconds(2)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_expired_deadline_asks_nobody(Adapter adapter) {
        Deadline expired = Deadline.after(Clock.system(), Duration.ZERO);
        assertThat(failure(model(adapter), expired).kind()).isEqualTo(Kind.STALLED);
        assertThat(fake.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void interrupting_closes_the_connection_at_once(Adapter adapter) throws InterruptedException {
        List<FakeModelAnswer> stalls = List.of(
                FakeModelAnswer.stream().hang(),
                FakeModelAnswer.stream().head().hang(),
                FakeModelAnswer.stream().say("Hel").hang());
        long slowest = 0;
        for (FakeModelAnswer answer : stalls) {
            fake.answer(answer);
            ChatModel model = model(adapter);
            CountDownLatch interrupted = new CountDownLatch(1);
            CountDownLatch first = new CountDownLatch(1);
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    model.speak(REQUEST, soon(), delta -> first.countDown());
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            });
            FakeModelEndpoint.Request request = fake.awaitRequest(Duration.ofSeconds(5));
            if (answer == stalls.getLast()) {
                assertThat(first.await(5, TimeUnit.SECONDS)).isTrue();
            }
            long start = System.nanoTime();
            caller.interrupt();
            assertThat(request.awaitClientGone(Duration.ofSeconds(2))).isTrue();
            slowest = Math.max(slowest, System.nanoTime() - start);
            assertThat(interrupted.await(2, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofMillis(200));
    }

    @ParameterizedTest
    @EnumSource
    void an_exception_out_of_the_sink_closes_the_connection_and_is_passed_on(Adapter adapter)
            throws InterruptedException {
        fake.answer(FakeModelAnswer.stream().say("Hel").hang());
        IllegalStateException mine = new IllegalStateException("the client left");
        ChatModel model = model(adapter);
        IllegalStateException thrown = catchThrowableOfType(
                IllegalStateException.class,
                () -> model.speak(REQUEST, soon(), delta -> {
                    throw mine;
                }));
        assertThat(thrown).isSameAs(mine);
        assertThat(fake.awaitRequest(Duration.ofSeconds(5)).awaitClientGone(Duration.ofSeconds(2)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void many_stalled_calls_hold_nobody_up(Adapter adapter) throws InterruptedException {
        ChatModel model = model(adapter);
        CountDownLatch gate = new CountDownLatch(1);
        int crowd = 40;
        CountDownLatch done = new CountDownLatch(crowd);
        for (int i = 0; i < crowd; i++) {
            fake.answer(FakeModelAnswer.stream()
                    .say("a")
                    .waitFor(gate)
                    .say("b")
                    .finish("stop")
                    .done());
        }
        for (int i = 0; i < crowd; i++) {
            Thread.ofVirtual().start(() -> {
                try {
                    if (model.speak(REQUEST, soon(), delta -> {}).text().equals("ab")) {
                        done.countDown();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        for (int i = 0; i < crowd; i++) {
            fake.awaitRequest(Duration.ofSeconds(5));
        }
        fake.answer(FakeModelAnswer.says("free"));
        assertThat(model.speak(REQUEST, soon(), delta -> {}).text()).isEqualTo("free");
        gate.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
