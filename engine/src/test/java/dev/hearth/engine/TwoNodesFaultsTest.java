package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three clients talk in one relationship through two nodes whose store fails, before or after the write, one time in ten:
 * no turn that was acknowledged is lost, doubled or out of its client's order, and both nodes tell the same.
 */
final class TwoNodesFaultsTest {

    private static final int CLIENTS = 3;
    private static final int TURNS = 8;
    private static final int TRIES = 2_000;
    private static final int MESSAGES = 200;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatWasAcknowledgedIsThereOnceAndInOrder(long seed) throws Exception {
        ScriptedModel model = new ScriptedModel().otherwise(request -> ScriptedModel.say("I see."));
        boolean[] faults = new boolean[1];
        FaultyWarmStore[] faulty = new FaultyWarmStore[1];
        try (House house = new House(model, store -> {
                    faulty[0] = FaultyWarmStore.seeded(store, seed, 0.1);
                    return TwoNodesTest.shared(store, faulty[0], faults);
                });
                Engine other = house.open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = house.relationship("anna");
            List<Engine> nodes = List.of(house.engine, other);
            faults[0] = true;
            List<CompletableFuture<Map<Integer, TurnResult>>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int number = client;
                clients.add(CompletableFuture.supplyAsync(
                        () -> talk(nodes, relationship, number, new Random(seed * 31 + number)), threads));
            }
            List<Map<Integer, TurnResult>> acknowledged = new ArrayList<>();
            for (CompletableFuture<Map<Integer, TurnResult>> client : clients) {
                acknowledged.add(client.get());
            }
            faults[0] = false;
            assertThat(faulty[0].injected()).isPositive();
            List<Message> messages = messages(house.engine, relationship);
            assertThat(messages(other, relationship)).isEqualTo(messages);
            try (Engine third = house.open()) {
                assertThat(messages(third, relationship)).isEqualTo(messages);
            }
            for (int client = 0; client < CLIENTS; client++) {
                List<Integer> places = new ArrayList<>();
                acknowledged.get(client).forEach((turn, result) -> {
                    List<Integer> found = places(messages, result.turnId());
                    assertThat(found)
                            .as("turn %s of seed %d", result.turnId(), seed)
                            .hasSize(2);
                    assertThat(messages.get(found.getLast()).text()).isEqualTo("I see.");
                    places.addAll(found);
                });
                assertThat(places).as("client %d of seed %d", client, seed).isSorted();
            }
            assertThat(messages.stream()
                            .filter(message -> message.role() == Message.Role.USER)
                            .map(Message::text))
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates();
        }
    }

    /** Says one thing after the other, each under a key of its own until it is answered; what was acknowledged, by turn. */
    private static Map<Integer, TurnResult> talk(List<Engine> nodes, String relationship, int client, Random random) {
        Map<Integer, TurnResult> acknowledged = new TreeMap<>();
        for (int turn = 0; turn < TURNS; turn++) {
            String text = "Client " + client + " tells story number " + turn + ".";
            TurnRequest request = new TurnRequest(relationship, text, null, "key-" + client + "-" + turn);
            TurnResult result = say(nodes, request, random);
            if (result != null) {
                acknowledged.put(turn, result);
            }
            if (random.nextInt(4) == 0) {
                pinOne(nodes.get(random.nextInt(nodes.size())), relationship, random);
            }
        }
        return acknowledged;
    }

    private static @org.jspecify.annotations.Nullable TurnResult say(
            List<Engine> nodes, TurnRequest request, Random random) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                TurnResult result =
                        nodes.get(random.nextInt(nodes.size())).turns().take(request, event -> {});
                if (result.status() == Message.Status.COMPLETED) {
                    return result;
                }
            } catch (Problem problem) {
                if (problem.getMessage() != null && problem.getMessage().contains("never finished")) {
                    // It was overtaken, and says so: its message is kept, and was never acknowledged.
                    return null;
                }
                assertThat(problem.code())
                        .isIn(Code.TURN_IN_PROGRESS, Code.CONFLICT, Code.OVERLOADED, Code.DEADLINE_EXCEEDED);
            }
        }
        throw new AssertionError("No answer to " + request.idempotencyKey() + " after " + TRIES + " tries.");
    }

    private static void pinOne(Engine node, String relationship, Random random) {
        try {
            List<Memory> memories = node.memories()
                    .list(relationship, MemoryFilter.ALL, 50, null)
                    .data();
            if (!memories.isEmpty()) {
                Memory any = memories.get(random.nextInt(memories.size()));
                node.memories().change(any.id(), null, random.nextBoolean());
            }
        } catch (Problem refused) {
            // The store failed or the relationship was busy: it stays as it is.
            assertThat(refused.code()).isNotEqualTo(Code.INTERNAL);
        }
    }

    private static List<Message> messages(Engine node, String relationship) {
        return node.relationships().messages(relationship, MESSAGES, null, true).data();
    }

    private static List<Integer> places(List<Message> messages, String turn) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (turn.equals(messages.get(i).turnId())) {
                places.add(i);
            }
        }
        return places;
    }
}
