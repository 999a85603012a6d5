package dev.hearth.client;

import static dev.hearth.client.FakeHearth.broken;
import static dev.hearth.client.FakeHearth.json;
import static dev.hearth.client.FakeHearth.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.FakeHearth.Received;
import dev.hearth.client.HearthUnreachable.Reason;
import dev.hearth.client.data.KeyScope;
import dev.hearth.client.data.NewApiKey;
import dev.hearth.client.data.NewMessage;
import dev.hearth.client.data.Turn;
import dev.hearth.client.data.UserProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent again, under which key, after how long, and what never is. */
final class RetryTest {

    private static final NewApiKey KEY = new NewApiKey("phone", KeyScope.APP, false, null);

    private final FakeHearth server = new FakeHearth();
    private final HearthClient client = server.client();
    private final RelationshipClient anna = client.relationship("aria", "anna");

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    private List<String> keys() {
        return server.received().stream()
                .map(asked -> asked.header("Idempotency-Key"))
                .distinct()
                .toList();
    }

    @Test
    void aTurnIsSentAgainUnderTheSameKey() {
        server.then(
                problem(503, "overloaded", "Retry-After", "1"),
                problem(409, "turn_in_progress", "Retry-After", "2"),
                broken(),
                json(Samples.TURN, "Idempotent-Replayed", "true"));
        Turn turn = anna.send("Hi.");
        assertThat(turn.replayed()).isTrue();
        assertThat(server.received()).hasSize(4).allMatch(asked -> asked.body().equals("{\"text\":\"Hi.\"}"));
        assertThat(keys()).singleElement().asString().isNotEmpty();
        assertThat(server.rests.subList(0, 2)).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(server.rests.get(2)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
    }

    @Test
    void twoTurnsHaveTwoKeysAndACallersKeyIsTaken() {
        server.then(json(Samples.TURN), json(Samples.TURN), json(Samples.TURN));
        anna.send("Hi.");
        anna.send("Hi.");
        anna.send(NewMessage.of("Hi.").under("mine"));
        assertThat(keys()).hasSize(3).contains("mine");
    }

    @Test
    void attemptsAreBounded() {
        for (int i = 0; i < 10; i++) {
            server.then(problem(503, "model_unavailable", "Retry-After", "5"));
        }
        HearthException problem = catchThrowableOfType(HearthException.class, () -> anna.send("Hi."));
        assertThat(problem.code()).isEqualTo(HearthException.Code.MODEL_UNAVAILABLE);
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(server.received()).hasSize(4);
    }

    @Test
    void aServerThatAsksToWaitForVeryLongIsNotWaitedFor() {
        server.then(problem(503, "overloaded", "Retry-After", "600"));
        HearthException problem = catchThrowableOfType(HearthException.class, () -> anna.send("Hi."));
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(server.rests).isEmpty();
    }

    @Test
    void delaysDoubleWithinTheirBoundAndAreLeftToChance() {
        Attempts attempts = new Attempts(Options.DEFAULTS, Pause.SLEEP, new Random(1));
        for (int failed = 1; failed < 70; failed++) {
            long most = Math.min(200L << Math.min(failed - 1, 20), 10_000);
            assertThat(attempts.delay(failed, null).toMillis()).isBetween(most / 2, most);
        }
    }

    @Test
    void whatIsNotIdempotentIsNotSentAgain() {
        server.then(problem(503, "overloaded", "Retry-After", "1"), broken(), broken(), broken());
        assertThat(catchThrowableOfType(
                                HearthException.class, () -> client.keys().create(KEY))
                        .status())
                .isEqualTo(503);
        assertThat(catchThrowableOfType(
                                HearthUnreachable.class, () -> client.keys().create(KEY))
                        .reason())
                .isEqualTo(Reason.BROKEN);
        assertThat(catchThrowableOfType(
                                HearthUnreachable.class, () -> client.memories().correct("mem_1", "x"))
                        .reason())
                .isEqualTo(Reason.BROKEN);
        assertThat(catchThrowableOfType(
                                HearthUnreachable.class,
                                () -> client.users().put("anna", UserProfile.EMPTY, "\"etag\""))
                        .reason())
                .as("bound to a state that the lost request may have changed")
                .isEqualTo(Reason.BROKEN);
        assertThat(server.received()).hasSize(4);
        assertThat(server.rests).isEmpty();
    }

    @Test
    void aStatementIsRememberedOnceHoweverOftenItIsSent() {
        server.then(broken(), json(Samples.MEMORY));
        anna.remember("I sail.");
        assertThat(server.received()).hasSize(2);
        assertThat(server.received().stream().map(Received::body).distinct())
                .singleElement()
                .asString()
                .contains("\"external_id\":\"");
    }

    @Test
    void aRefusalIsNotSentAgain() {
        server.then(problem(409, "conflict"));
        HearthException problem = catchThrowableOfType(HearthException.class, () -> anna.send("Hi."));
        assertThat(problem.code()).isEqualTo(HearthException.Code.CONFLICT);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void withoutAConnectionEverythingIsTriedAgain() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        List<Duration> rests = new ArrayList<>();
        try (HearthClient nobody = HearthClient.connect(
                URI.create("http://127.0.0.1:" + free), "k", Options.DEFAULTS, rests::add, new Random(1))) {
            HearthUnreachable unreachable = catchThrowableOfType(
                    HearthUnreachable.class, () -> nobody.keys().create(KEY));
            assertThat(unreachable.reason()).isEqualTo(Reason.NOT_CONNECTED);
            assertThat(unreachable).hasMessageContaining("127.0.0.1:" + free);
            assertThat(rests).hasSize(3);
        }
    }

    @Test
    void aDeadlineHoldsForTheWholeAnswerAndIsNotTriedAgain() {
        CountDownLatch over = new CountDownLatch(1);
        server.then(FakeHearth.silent("{\"id\":", over));
        try (HearthClient hasty = server.client(Options.DEFAULTS.request(Duration.ofMillis(200)))) {
            HearthUnreachable late = catchThrowableOfType(
                    HearthUnreachable.class, () -> hasty.companions().get("aria"));
            assertThat(late.reason()).isEqualTo(Reason.TIMED_OUT);
        } finally {
            over.countDown();
        }
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void anInterruptedCallerIsToldAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        HearthUnreachable interrupted = catchThrowableOfType(HearthUnreachable.class, () -> anna.send("Hi."));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.reason()).isEqualTo(Reason.INTERRUPTED);
    }
}
