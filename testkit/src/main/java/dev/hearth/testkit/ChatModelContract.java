package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.ChatModel;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatReply;
import dev.hearth.spi.ChatRequest;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Grounding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be asked of every {@link ChatModel} whatever it says. The model opened here answers every request. */
public abstract class ChatModelContract {

    protected ChatModel model;

    protected abstract ChatModel open();

    @BeforeEach
    final void openModel() {
        model = open();
    }

    @AfterEach
    final void closeModel() {
        model.close();
    }

    @Test
    protected final void theReplyIsItsPiecesJoined() throws InterruptedException {
        StringBuilder pieces = new StringBuilder();
        ChatReply reply = model.speak(request(), soon(), pieces::append);
        assertThat(model.name()).isNotBlank();
        assertThat(reply.text()).isNotBlank().isEqualTo(pieces.toString());
        assertThat(reply.usage().prompt()).isNotNegative();
        assertThat(reply.usage().cached())
                .isBetween(0, Math.max(0, reply.usage().prompt()));
        assertThat(reply.usage().completion()).isNotNegative();
    }

    @Test
    protected final void anExceptionOutOfTheSinkIsPassedOn() {
        IllegalStateException refused = new IllegalStateException("the client has left");
        assertThatThrownBy(() -> model.speak(request(), soon(), piece -> {
                    throw refused;
                }))
                .isSameAs(refused);
    }

    @Test
    protected final void anInterruptedCallerStops() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> model.speak(request(), soon(), piece -> {}))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    protected final void aPassedDeadlineIsAStall() {
        assertThatThrownBy(() -> model.speak(request(), Deadline.after(Clock.system(), Duration.ZERO), piece -> {}))
                .isInstanceOfSatisfying(
                        ChatModelException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ChatModelException.Kind.STALLED));
    }

    @Test
    protected final void manyThreadsReceiveWholeReplies() throws Exception {
        Together.run(8, thread -> () -> {
            StringBuilder pieces = new StringBuilder();
            assertThat(model.speak(request(), soon(), pieces::append).text()).isEqualTo(pieces.toString());
            return thread;
        });
    }

    @Test
    protected final void aClosedModelSaysSo() {
        model.close();
        model.close();
        assertThatThrownBy(() -> model.speak(request(), soon(), piece -> {})).isInstanceOf(ChatModelException.class);
    }

    /** A small, complete request. */
    protected static ChatRequest request() {
        Instant at = Instant.parse("2026-03-01T12:00:00Z");
        return new ChatRequest(
                List.of(
                        new ChatRequest.Message(ChatRequest.Role.SYSTEM, "You are Mira, calm and curious."),
                        new ChatRequest.Message(ChatRequest.Role.USER, "How was the rain today?")),
                200,
                new Grounding(
                        "Mira",
                        List.of("calm", "curious"),
                        List.of(),
                        List.of(),
                        "Anna",
                        "How was the rain today?",
                        List.of(new Grounding.Remembered("Anna", true, "I love the sound of rain.", at, 0.8)),
                        List.of(),
                        at));
    }

    private static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(30));
    }
}
