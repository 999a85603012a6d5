package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.spi.WarmStore;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Two engines on the same stores: what one of them writes, the other knows; what both do at once comes out in one order. */
final class TwoNodesTest {

    private final ScriptedModel model = new ScriptedModel().otherwise(request -> ScriptedModel.say("I see."));

    /** A store that other processes write to as well. */
    static WarmStore shared(WarmStore store) {
        return shared(store, store, new boolean[1]);
    }

    /** The same, which fails as {@code faulty} does while {@code faults} says so. */
    static WarmStore shared(WarmStore store, WarmStore faulty, boolean[] faults) {
        return (WarmStore) Proxy.newProxyInstance(
                WarmStore.class.getClassLoader(), new Class<?>[] {WarmStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("exclusive")) {
                        return false;
                    }
                    try {
                        return method.invoke(faults[0] ? faulty : store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static List<String> found(Engine engine, String relationship, String query) {
        return engine.memories().search(relationship, new SearchRequest(query, 10, null, null)).hits().stream()
                .map(hit -> hit.memory().text())
                .toList();
    }

    private static TurnResult say(Engine engine, String relationship, String text) {
        return engine.turns().take(new TurnRequest(relationship, text, null, null), event -> {});
    }

    @Test
    void whatOneNodeRemembersOrForgetsTheOtherKnowsAtOnce() {
        try (House house = new House(model, TwoNodesTest::shared);
                Engine other = house.open()) {
            String relationship = house.relationship("anna");
            assertThat(found(other, relationship, "dog")).isEmpty();
            house.say(relationship, "My dog is called Rex.");
            assertThat(found(other, relationship, "dog")).contains("My dog is called Rex.");
            say(other, relationship, "My cat is called Tom.");
            assertThat(found(house.engine, relationship, "cat")).contains("My cat is called Tom.");
            String memory = other.memories()
                    .search(relationship, new SearchRequest("dog Rex", 1, null, null))
                    .hits()
                    .getFirst()
                    .memory()
                    .id();
            other.memories().delete(memory);
            assertThat(found(house.engine, relationship, "dog Rex")).doesNotContain("My dog is called Rex.");
        }
    }

    @Test
    void aReplyIsKeptThoughTheOtherNodeWritesDuringTheTurn() throws Exception {
        Gate gate = new Gate();
        try (House house = new House(model, TwoNodesTest::shared);
                Engine other = house.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = house.relationship("anna");
            String memory = house.engine
                    .memories()
                    .remember(relationship, "My dog is called Rex.", null, null)
                    .id();
            model.then(ScriptedModel.stall(gate, "Rex ", "is fine."));
            CompletableFuture<TurnResult> turn =
                    CompletableFuture.supplyAsync(() -> say(house.engine, relationship, "How is my dog?"), threads);
            gate.awaitArrival();
            other.memories().change(memory, null, true);
            // Read apart, since whose write it is cannot be known while the turn runs.
            assertThat(house.engine.memories().get(memory).standing().pinned()).isTrue();
            assertThatThrownBy(() -> say(other, relationship, "And mine?"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.TURN_IN_PROGRESS));
            gate.open();
            assertThat(turn.get().status()).isEqualTo(Message.Status.COMPLETED);
            // The claim that this node has in memory was given back: nobody has read here since.
            say(other, relationship, "And hers?");
            assertThat(other.relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(Message::text)
                    .containsExactly("My dog is called Rex.", "How is my dog?", "Rex is fine.", "And hers?", "I see.");
            assertThat(house.engine.memories().get(memory).standing().pinned()).isTrue();
            say(other, relationship, "And mine?");
            say(house.engine, relationship, "And yours?");
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 20, null, true)
                            .data())
                    .hasSize(9);
        }
    }

    @Test
    void aTurnOfThisNodeIsNotTakenForAnAbandonedOneWhereTheRelationshipWasLoadedAnew() throws Exception {
        Gate gate = new Gate();
        try (House house = new House(model, TwoNodesTest::shared);
                Engine other = house.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = house.relationship("anna");
            String memory = house.engine
                    .memories()
                    .remember(relationship, "My dog is called Rex.", null, null)
                    .id();
            model.then(ScriptedModel.stall(gate, "Rex ", "is fine."));
            CompletableFuture<TurnResult> turn =
                    CompletableFuture.supplyAsync(() -> say(house.engine, relationship, "How is my dog?"), threads);
            gate.awaitArrival();
            other.memories().delete(memory);
            assertThat(found(house.engine, relationship, "Rex")).doesNotContain("My dog is called Rex.");
            CompletableFuture<TurnResult> second =
                    CompletableFuture.supplyAsync(() -> say(house.engine, relationship, "And now?"), threads);
            gate.open();
            assertThat(turn.get().status()).isEqualTo(Message.Status.COMPLETED);
            assertThat(second.get().status()).isEqualTo(Message.Status.COMPLETED);
            assertThat(other.relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(Message::text)
                    .containsExactly("How is my dog?", "Rex is fine.", "And now?", "I see.");
        }
    }

    @Test
    void whomOneNodeErasesTheOtherDoesNotKnowAndMayMeetAgain() {
        try (House house = new House(model, TwoNodesTest::shared);
                Engine other = house.open()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "My dog is called Rex.");
            assertThat(found(other, relationship, "dog")).isNotEmpty();
            house.engine.users().erase("anna");
            assertThatThrownBy(() -> found(other, relationship, "dog"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.NOT_FOUND));
            String again = other.relationships().ensure("aria", "anna").id();
            say(other, again, "My cat is called Tom.");
            assertThat(found(house.engine, again, "cat dog")).containsExactly("My cat is called Tom.");
        }
    }
}
