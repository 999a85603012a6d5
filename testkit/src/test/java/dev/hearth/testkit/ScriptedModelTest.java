package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.ChatModel;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ScriptedModelTest extends ChatModelContract {

    private final Deadline soon = Deadline.after(Clock.system(), Duration.ofSeconds(30));

    @Override
    protected ChatModel open() {
        return new ScriptedModel();
    }

    @Test
    void followsItsScript() throws InterruptedException {
        ScriptedModel scripted = new ScriptedModel()
                .then(ScriptedModel.say("a", "b"), ScriptedModel.fail(ChatModelException.Kind.CUT_SHORT, "c"));
        StringBuilder heard = new StringBuilder();
        assertThat(scripted.speak(request(), soon, heard::append).text()).isEqualTo("ab");
        assertThatThrownBy(() -> scripted.speak(request(), soon, heard::append)).isInstanceOf(ChatModelException.class);
        assertThat(heard).hasToString("abc");
        assertThat(scripted.requests()).hasSize(2);
        assertThat(scripted.speak(request(), soon, heard::append).text()).isEqualTo("I hear you.");
    }

    @Test
    void stallsUntilInterrupted() throws Exception {
        Gate gate = new Gate();
        ScriptedModel scripted = new ScriptedModel().then(ScriptedModel.stall(gate, "wait"));
        FutureTask<String> call = new FutureTask<>(() -> {
            try {
                return scripted.speak(request(), soon, piece -> {}).text();
            } catch (InterruptedException cancelled) {
                return "interrupted";
            }
        });
        Thread caller = Thread.ofVirtual().start(call);
        gate.awaitArrival();
        caller.interrupt();
        assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertThat(scripted.interrupted()).isEqualTo(1);
    }

    @Test
    void stallsUntilAManualClockPassesTheDeadline() throws Exception {
        Gate gate = new Gate();
        ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
        ScriptedModel scripted = new ScriptedModel().then(ScriptedModel.stall(gate));
        Deadline deadline = Deadline.after(clock, Duration.ofHours(1));
        FutureTask<ChatModelException.Kind> call = new FutureTask<>(() -> {
            try {
                scripted.speak(request(), deadline, piece -> {});
                throw new AssertionError("The model spoke.");
            } catch (ChatModelException stalled) {
                return stalled.kind();
            }
        });
        Thread.ofVirtual().start(call);
        gate.awaitArrival();
        clock.advance(Duration.ofHours(1));
        assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(ChatModelException.Kind.STALLED);
    }
}
