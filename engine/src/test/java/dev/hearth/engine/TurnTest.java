package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnEvent;
import dev.hearth.engine.turn.TurnListener;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.engine.turn.TurnTrace;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatRequest;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The life of a turn. */
class TurnTest {

    @Test
    void aTurnIsStoredAndTold() {
        try (House house = new House()) {
            String relationship = house.relationship("u-1");
            List<TurnEvent> events = new ArrayList<>();

            TurnResult result = house.engine
                    .turns()
                    .take(new TurnRequest(relationship, "My exam is on Friday.", null, null), events::add);

            assertThat(result.status()).isEqualTo(Message.Status.COMPLETED);
            assertThat(result.text()).isEqualTo("I see.");
            assertThat(events.getFirst()).isEqualTo(new TurnEvent.Started(result.turnId()));
            assertThat(events).contains(new TurnEvent.Delta("I "), new TurnEvent.Delta("see."));
            assertThat(events.getLast()).isEqualTo(new TurnEvent.Completed(result));
            List<Message> history = house.engine
                    .relationships()
                    .messages(relationship, 10, null, true)
                    .data();
            assertThat(history).extracting(Message::text).containsExactly("My exam is on Friday.", "I see.");
            assertThat(history).extracting(Message::status).containsOnly(Message.Status.COMPLETED);
            assertThat(history).extracting(Message::seq).containsExactly(1L, 2L);
            assertThat(history).extracting(Message::turnId).containsOnly(result.turnId());
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() {
        try (House house = new House()) {
            String relationship = house.relationship("u-1");
            TurnResult result = house.say(relationship, "My exam is on Friday.");
            house.restart();

            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 10, null, false)
                            .data())
                    .extracting(Message::text)
                    .containsExactly("I see.", "My exam is on Friday.");
            TurnTrace trace = house.engine.turns().trace(result.turnId());
            assertThat(trace.status()).isEqualTo(Message.Status.COMPLETED);
            assertThat(trace.steps()).extracting(TurnTrace.Step::name).contains("admit", "recall", "compose", "speak");
            assertThat(trace.sections()).extracting(TurnTrace.Section::name).startsWith("platform", "persona");
        }
    }

    @Test
    void anEarlierSessionIsRecalledIntoThePrompt() {
        ScriptedModel model = new ScriptedModel().otherwise(request -> ScriptedModel.say("Noted."));
        try (House house = new House(model)) {
            String relationship = house.relationship("u-1");
            house.say(relationship, "My exam in statistics is on Friday.");
            for (int i = 0; i < 4; i++) {
                house.say(relationship, "The weather report number " + i + " was dull.");
            }
            house.clock.advance(Duration.ofDays(2));

            TurnResult result = house.say(relationship, "When is my statistics exam?");

            ChatRequest last = model.requests().getLast();
            assertThat(last.messages().getLast().text())
                    .contains("<memories>")
                    .contains("My exam in statistics is on Friday.")
                    .endsWith("When is my statistics exam?");
            assertThat(last.grounding().memories())
                    .extracting(memory -> memory.text())
                    .contains("My exam in statistics is on Friday.");
            assertThat(house.engine.turns().trace(result.turnId()).recalled()).isNotEmpty();
        }
    }

    @Test
    void thePrefixOfThePromptStaysTheSameFromTurnToTurn() {
        ScriptedModel model = new ScriptedModel().otherwise(request -> ScriptedModel.say("Noted."));
        try (House house = new House(model)) {
            String relationship = house.relationship("u-1");
            for (int i = 0; i < 5; i++) {
                house.say(relationship, "Message number " + i + ".");
            }
            for (int i = 1; i < 5; i++) {
                List<ChatRequest.Message> before = model.requests().get(i - 1).messages();
                List<ChatRequest.Message> after = model.requests().get(i).messages();
                assertThat(after.subList(0, before.size() - 1)).isEqualTo(before.subList(0, before.size() - 1));
                assertThat(after.get(before.size() - 1).text()).isEqualTo("Message number " + (i - 1) + ".");
            }
        }
    }

    @Test
    void theSameKeyAnswersTheSameTurn() {
        try (House house = new House()) {
            String relationship = house.relationship("u-1");
            TurnResult first = house.say(relationship, "Hello.", "key-1");
            TurnResult again = house.say(relationship, "Hello.", "key-1");
            house.restart();
            TurnResult later = house.say(relationship, "Hello.", "key-1");

            assertThat(again.turnId()).isEqualTo(first.turnId());
            assertThat(again.replayed()).isTrue();
            assertThat(later.messageId()).isEqualTo(first.messageId());
            assertThat(house.engine.relationships().get(relationship).messages())
                    .isEqualTo(2);
            assertThatThrownBy(() -> house.say(relationship, "Something else.", "key-1"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.IDEMPOTENCY_MISMATCH));
        }
    }

    @Test
    void aModelThatFailsKeepsTheMessageAndTheSameKeyTriesAgain() {
        ScriptedModel model = new ScriptedModel()
                .then(ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE))
                .otherwise(request -> ScriptedModel.say("Here I am."));
        try (House house = new House(model)) {
            String relationship = house.relationship("u-1");
            assertThatThrownBy(() -> house.say(relationship, "Are you there?", "k"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.MODEL_UNAVAILABLE));
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(Message::status)
                    .containsExactly(Message.Status.FAILED);

            TurnResult again = house.say(relationship, "Are you there?", "k");

            assertThat(again.text()).isEqualTo("Here I am.");
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(Message::text)
                    .containsExactly("Are you there?", "Here I am.");
        }
    }

    @Test
    void howTurnsWithoutAReplyEndedIsReadAllAtOnce() {
        ScriptedModel model =
                new ScriptedModel().otherwise(request -> ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE));
        Interrupted[] store = new Interrupted[1];
        try (House house = new House(model, warm -> store[0] = new Interrupted(warm))) {
            String relationship = house.relationship("u-1");
            for (int i = 0; i < 20; i++) {
                String text = "Message " + i;
                assertThatThrownBy(() -> house.say(relationship, text)).isInstanceOf(Problem.class);
            }
            for (boolean ascending : new boolean[] {true, false}) {
                boolean[] more = new boolean[1];
                store[0].afterReads(9, () -> more[0] = true);
                assertThat(house.engine
                                .relationships()
                                .messages(relationship, 50, null, ascending)
                                .data())
                        .hasSize(20)
                        .allMatch(message -> message.status() == Message.Status.FAILED);
                assertThat(more[0]).as("more than 8 reads").isFalse();
            }
        }
    }

    @Test
    void aModelThatBreaksOffLeavesAnInterruptedPart() {
        ScriptedModel model =
                new ScriptedModel().then(ScriptedModel.fail(ChatModelException.Kind.CUT_SHORT, "Once ", "upon"));
        try (House house = new House(model)) {
            String relationship = house.relationship("u-1");
            assertThatThrownBy(() -> house.say(relationship, "Tell me a story."))
                    .isInstanceOf(Problem.class);
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(Message::text, Message::status)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("Tell me a story.", Message.Status.INTERRUPTED),
                            org.assertj.core.groups.Tuple.tuple("Once upon", Message.Status.INTERRUPTED));
            assertThat(house.engine
                            .memories()
                            .search(relationship, new SearchRequest("once upon", 10, null, null))
                            .hits())
                    .extracting(hit -> hit.memory().text())
                    .containsExactly("Tell me a story.");
        }
    }

    @Test
    void aClientThatLeavesEndsTheCallAndKeepsThePart() {
        ScriptedModel model = new ScriptedModel().then(ScriptedModel.say("One ", "two ", "three"));
        try (House house = new House(model)) {
            String relationship = house.relationship("u-1");
            TurnResult result = house.engine
                    .turns()
                    .take(new TurnRequest(relationship, "Count.", null, null), event -> {
                        if (event instanceof TurnEvent.Delta(String text) && text.startsWith("two")) {
                            throw new TurnListener.ClientGone("gone");
                        }
                    });
            assertThat(result.status()).isEqualTo(Message.Status.INTERRUPTED);
            assertThat(result.text()).startsWith("One two");
            assertThat(house.engine.turns().trace(result.turnId()).status()).isEqualTo(Message.Status.INTERRUPTED);
        }
    }

    @Test
    void whatTheModelSaidBeforeTheTurnWasToldToStopIsKept() {
        Gate gate = new Gate();
        ScriptedModel model = new ScriptedModel().then(ScriptedModel.stall(gate, "One ", "two"));
        try (House house = new House(model)) {
            String relationship = house.relationship("u-1");
            TurnResult result = house.engine
                    .turns()
                    .take(new TurnRequest(relationship, "Count.", null, null), event -> {
                        if (event instanceof TurnEvent.Delta) {
                            arrived(gate);
                            Thread.currentThread().interrupt();
                        }
                    });
            assertThat(result.status()).isEqualTo(Message.Status.INTERRUPTED);
            assertThat(result.text()).isEqualTo("One two");
        }
    }

    private static void arrived(Gate gate) {
        try {
            gate.awaitArrival();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPromptForOnesOwnModelIsRecordedOnce() {
        try (House house = new House()) {
            String relationship = house.relationship("u-1");
            var context = house.engine.turns().context(relationship, "Good morning!");
            assertThat(context.messages().getLast().text()).endsWith("Good morning!");
            assertThat(house.engine.relationships().get(relationship).messages())
                    .isZero();

            TurnResult first =
                    house.engine.turns().record(relationship, context.token(), "Good morning!", "And to you.");
            TurnResult again =
                    house.engine.turns().record(relationship, context.token(), "Good morning!", "And to you.");

            assertThat(again.turnId()).isEqualTo(first.turnId());
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(Message::text)
                    .containsExactly("Good morning!", "And to you.");
            assertThatThrownBy(() -> house.engine.turns().record(relationship, context.token(), "Other", "And to you."))
                    .isInstanceOf(Problem.class);
            String other = house.relationship("u-2");
            assertThatThrownBy(
                            () -> house.engine.turns().record(other, context.token(), "Good morning!", "And to you."))
                    .isInstanceOf(Problem.class);
        }
    }

    @Test
    void aListenerThatBreaksAfterTheCommitUndoesNothing() {
        try (House house = new House()) {
            String relationship = house.relationship("u-1");
            TurnResult result = house.engine.turns().take(new TurnRequest(relationship, "Hello.", null, "k"), event -> {
                if (event instanceof TurnEvent.Completed) {
                    throw new IllegalStateException("a bug of the listener's");
                }
            });
            assertThat(result.status()).isEqualTo(Message.Status.COMPLETED);
            assertThat(house.engine.turns().trace(result.turnId()).status()).isEqualTo(Message.Status.COMPLETED);
            assertThat(house.say(relationship, "Hello.", "k").messageId()).isEqualTo(result.messageId());
        }
    }

    @Test
    void aRepeatedKeyIsAnsweredWhileAnotherTurnRuns() throws Exception {
        Gate gate = new Gate();
        ScriptedModel model =
                new ScriptedModel().then(ScriptedModel.say("First."), ScriptedModel.stall(gate, "Second."));
        try (House house = new House(model);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = house.relationship("u-1");
            TurnResult first = house.say(relationship, "One.", "k");
            Future<TurnResult> running = threads.submit(() -> house.say(relationship, "Two."));
            gate.awaitArrival();
            assertThat(house.say(relationship, "One.", "k").turnId()).isEqualTo(first.turnId());
            gate.open();
            running.get();
        }
    }

    @Test
    void anOldHistoryThatComesInDuringASessionDoesNotEndIt() {
        ScriptedModel model = new ScriptedModel().otherwise(request -> ScriptedModel.say("Noted."));
        try (House house = new House(model)) {
            String relationship = house.relationship("u-1");
            house.say(relationship, "We are talking.");
            List<Imported> old = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                old.add(new Imported(
                        "m" + i,
                        Message.Role.USER,
                        null,
                        null,
                        "An ancient remark about pelicans, number " + i + ".",
                        Instant.parse("2019-01-01T00:00:00Z").plusSeconds(i)));
            }
            house.engine.relationships().importMessages(relationship, old);

            house.say(relationship, "Still talking. What about pelicans?");

            ChatRequest last = model.requests().getLast();
            assertThat(last.messages().subList(1, last.messages().size() - 1))
                    .extracting(ChatRequest.Message::text)
                    .containsExactly("We are talking.", "Noted.");
            assertThat(last.messages().getLast().text()).contains("ancient remark about pelicans");
        }
    }

    @Test
    void turnsWithPastTimesShareASession() {
        ScriptedModel model = new ScriptedModel().otherwise(request -> ScriptedModel.say("Noted."));
        try (House house = new House(model)) {
            String relationship = house.relationship("u-1");
            Instant then = Instant.parse("2025-01-01T12:00:00Z");
            for (int i = 0; i < 8; i++) {
                house.engine
                        .turns()
                        .take(new TurnRequest(relationship, "Past " + i, then.plusSeconds(60L * i), null), event -> {});
            }
            assertThat(model.requests().getLast().messages()).hasSize(1 + 2 * 7 + 1);
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 20, null, true)
                            .data())
                    .allMatch(message -> message.time().isBefore(then.plusSeconds(3_600)));
        }
    }

    @Test
    void aContextInANewSessionRecallsTheSessionBefore() {
        try (House house = new House()) {
            String relationship = house.relationship("u-1");
            house.say(relationship, "My exam in statistics is on Friday.");
            for (int i = 0; i < 4; i++) {
                house.say(relationship, "The weather report number " + i + " was dull.");
            }
            house.clock.advance(Duration.ofDays(2));
            assertThat(house.engine
                            .turns()
                            .context(relationship, "When is my statistics exam?")
                            .recalled())
                    .isNotEmpty();
        }
    }

    @Test
    void aFailedTurnWhoseMessageWasForgottenIsNotTakenUp() {
        ScriptedModel model = new ScriptedModel()
                .then(ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE))
                .otherwise(request -> ScriptedModel.say("To nobody."));
        try (House house = new House(model)) {
            String relationship = house.relationship("u-1");
            assertThatThrownBy(() -> house.say(relationship, "Forget me.", "k")).isInstanceOf(Problem.class);
            String memory = house.engine
                    .memories()
                    .search(relationship, new SearchRequest("forget", 1, null, null))
                    .hits()
                    .getFirst()
                    .memory()
                    .id();
            house.engine.memories().delete(memory);
            assertThatThrownBy(() -> house.say(relationship, "Forget me.", "k")).isInstanceOf(Problem.class);
            assertThat(house.engine.relationships().get(relationship).messages())
                    .isZero();
        }
    }
}
