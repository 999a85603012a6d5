package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.spi.StoreException;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was acknowledged is never lost, doubled or reordered. */
class DurabilityTest {

    @Test
    void aTurnWhoseProcessDiedIsTakenUpByTheSameKey() throws Exception {
        Gate never = new Gate();
        ScriptedModel model = new ScriptedModel()
                .then(ScriptedModel.stall(never, "Half"))
                .otherwise(request -> ScriptedModel.say("A whole reply."));
        try (House house = new House(model);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = house.relationship("u-1");
            Future<TurnResult> dying = threads.submit(() -> house.say(relationship, "Do you hear me?", "k"));
            never.awaitArrival();
            // Another process opens the same stores: the first is as good as dead, its turn still open.
            Engine dead = house.engine;
            house.engine = house.open();
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(Message::status)
                    .containsExactly(Message.Status.OPEN);

            TurnResult again = house.say(relationship, "Do you hear me?", "k");

            assertThat(again.text()).isEqualTo("A whole reply.");
            never.open();
            assertThatThrownBy(dying::get).hasCauseInstanceOf(Problem.class);
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(Message::text)
                    .containsExactly("Do you hear me?", "A whole reply.");
            dead.close();
        }
    }

    @Test
    void aFurtherMessageClosesAnAbandonedTurn() throws Exception {
        Gate never = new Gate();
        ScriptedModel model = new ScriptedModel()
                .then(ScriptedModel.stall(never, "Late."))
                .otherwise(request -> ScriptedModel.say("Yes."));
        try (House house = new House(model);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = house.relationship("u-1");
            Future<TurnResult> dying = threads.submit(() -> house.say(relationship, "First."));
            never.awaitArrival();
            Engine dead = house.engine;
            house.engine = house.open();

            house.say(relationship, "Second.");

            List<Message> history = house.engine
                    .relationships()
                    .messages(relationship, 10, null, true)
                    .data();
            assertThat(history).extracting(Message::text).containsExactly("First.", "Second.", "Yes.");
            assertThat(history)
                    .extracting(Message::status)
                    .containsExactly(Message.Status.FAILED, Message.Status.COMPLETED, Message.Status.COMPLETED);
            String abandoned =
                    java.util.Objects.requireNonNull(history.getFirst().turnId());
            assertThat(house.engine.turns().trace(abandoned).status()).isEqualTo(Message.Status.FAILED);
            never.open();
            assertThatThrownBy(dying::get).hasCauseInstanceOf(Problem.class);
            dead.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreException.Kind.class,
            names = {"FULL", "READ_ONLY", "UNAVAILABLE", "DEADLINE"})
    void aStoreThatCannotWriteSaysSoAndNothingIsHalfDone(StoreException.Kind kind) {
        FaultyWarmStore[] faulty = new FaultyWarmStore[1];
        try (House house = new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("Yes.")),
                store -> faulty[0] = new FaultyWarmStore(store))) {
            String relationship = house.relationship("u-1");
            faulty[0].onWrites(new FaultyWarmStore.Fault.Before(kind));
            assertThatThrownBy(() -> house.say(relationship, "Hello.", "k"))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.code()).isIn(Code.OVERLOADED, Code.DEADLINE_EXCEEDED));
            assertThat(house.engine.relationships().get(relationship).messages())
                    .isZero();

            faulty[0].onWrites(new FaultyWarmStore.Fault.None(), new FaultyWarmStore.Fault.Before(kind));
            assertThatThrownBy(() -> house.say(relationship, "Hello.", "k")).isInstanceOf(Problem.class);
            assertThat(house.engine.relationships().get(relationship).messages())
                    .isEqualTo(1);

            assertThat(house.say(relationship, "Hello.", "k").text()).isEqualTo("Yes.");
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(Message::text)
                    .containsExactly("Hello.", "Yes.");
        }
    }

    @Test
    void aWriteThatHappenedThoughItsAnswerWasLostIsAcknowledged() {
        FaultyWarmStore[] faulty = new FaultyWarmStore[1];
        try (House house = new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("Yes.")),
                store -> faulty[0] = new FaultyWarmStore(store))) {
            String relationship = house.relationship("u-1");
            faulty[0].onWrites(
                    new FaultyWarmStore.Fault.After(StoreException.Kind.DEADLINE),
                    new FaultyWarmStore.Fault.After(StoreException.Kind.UNAVAILABLE));
            assertThat(house.say(relationship, "Hello.", "k").text()).isEqualTo("Yes.");
            assertThat(house.engine.relationships().get(relationship).messages())
                    .isEqualTo(2);
        }
    }

    @Test
    void underRandomFaultsNothingAcknowledgedIsLostOrDoubled() {
        for (long seed = 1; seed <= 40; seed++) {
            FaultyWarmStore[] faulty = new FaultyWarmStore[1];
            long drawn = seed;
            try (House house = new House(
                    new ScriptedModel()
                            .otherwise(request -> ScriptedModel.say(
                                    "Re: " + request.grounding().message())),
                    store -> faulty[0] = new FaultyWarmStore(store))) {
                String relationship = house.relationship("u-1");
                FaultyWarmStore storm = FaultyWarmStore.seeded(house.memory, drawn, 0.15);
                Map<String, TurnResult> acknowledged = new HashMap<>();
                Engine stormy = Engine.open(
                        new World(
                                house.clock,
                                new java.util.Random(drawn),
                                storm,
                                house.hot,
                                house.cold,
                                house.keys,
                                house.ledger,
                                null,
                                List.of(house.model)),
                        Settings.defaults());
                for (int i = 0; i < 12; i++) {
                    String text = "Message " + i;
                    for (int attempt = 0; attempt < 8 && !acknowledged.containsKey(text); attempt++) {
                        try {
                            acknowledged.put(
                                    text,
                                    stormy.turns()
                                            .take(new TurnRequest(relationship, text, null, "key " + i), e -> {}));
                        } catch (Problem told) {
                            // The client sends it again with the same key.
                        }
                    }
                }
                stormy.close();
                house.restart();
                List<Message> history = house.engine
                        .relationships()
                        .messages(relationship, 200, null, true)
                        .data();
                List<String> texts = history.stream().map(Message::text).toList();
                assertThat(texts).as("seed %d", drawn).doesNotHaveDuplicates();
                acknowledged.forEach((text, result) ->
                        assertThat(texts).as("seed %d", drawn).containsSubsequence(text, "Re: " + text));
                List<String> mine = new ArrayList<>(texts);
                mine.removeIf(text -> text.startsWith("Re: "));
                assertThat(mine)
                        .as("seed %d: order", drawn)
                        .isSortedAccordingTo(
                                java.util.Comparator.comparingInt(text -> Integer.parseInt(text.substring(8))));
            }
        }
    }

    @Test
    void turnsOfOneRelationshipAreTakenOneAtATime() throws Exception {
        Gate gate = new Gate();
        ScriptedModel model = new ScriptedModel()
                .then(ScriptedModel.stall(gate, "Slowly."))
                .otherwise(request -> ScriptedModel.say("Then."));
        try (House house = new House(model);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = house.relationship("u-1");
            Future<TurnResult> first = threads.submit(() -> house.say(relationship, "One.", "same"));
            gate.awaitArrival();
            Future<TurnResult> same = threads.submit(() -> house.say(relationship, "One.", "same"));
            CompletionService<TurnResult> others = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < 6; i++) {
                String text = "Other " + i;
                others.submit(() -> house.say(relationship, text));
            }
            // One of the six waits for its turn; five are refused, at once.
            for (int refused = 0; refused < 5; refused++) {
                Future<TurnResult> refusal = others.take();
                assertThat(refusal.exceptionNow())
                        .isInstanceOfSatisfying(
                                Problem.class,
                                problem -> assertThat(problem.code()).isEqualTo(Code.TURN_IN_PROGRESS));
            }
            gate.open();

            assertThat(first.get().text()).isEqualTo("Slowly.");
            assertThat(same.get().turnId()).isEqualTo(first.get().turnId());
            assertThat(others.take().get().text()).isEqualTo("Then.");
            assertThat(house.engine.relationships().get(relationship).messages())
                    .isEqualTo(4);
        }
    }
}
