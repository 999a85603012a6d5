package dev.hearth.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.Engine;
import dev.hearth.engine.Settings;
import dev.hearth.engine.World;
import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.persona.Personality;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.spi.ChatModelException;
import dev.hearth.testkit.HashEmbedder;
import dev.hearth.testkit.ManualClock;
import dev.hearth.testkit.MemoryColdStore;
import dev.hearth.testkit.MemoryErasureLedger;
import dev.hearth.testkit.MemoryHotStore;
import dev.hearth.testkit.MemoryKeys;
import dev.hearth.testkit.MemoryWarmStore;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What has to be true of a relationship whatever its stores went through. */
final class Told {

    private static final List<String> QUERIES = List.of("topic number 17", "topic number 42", "story number 3");

    private Told() {}

    /**
     * All nodes and a fresh one tell the same, what was acknowledged is there once and in the order of its acknowledgement,
     * and all is as if the same had been said to an engine whose stores never fail.
     *
     * @param acknowledged turns that ended, in their order
     */
    static void holds(RealHouse house, String relationship, List<TurnResult> acknowledged, String as, Node... nodes) {
        List<Message> messages;
        try (Node fresh = house.open()) {
            messages = fresh.messages(relationship);
            List<String> memories = ids(fresh.memories(relationship));
            assertThat(fresh.engine.relationships().get(relationship).memories())
                    .as("memories counted, %s", as)
                    .isEqualTo(memories.size());
            assertThat(fresh.engine.relationships().get(relationship).messages())
                    .as("messages counted, %s", as)
                    .isEqualTo(messages.size());
            for (Node node : nodes) {
                assertThat(node.messages(relationship)).as("history, %s", as).isEqualTo(messages);
                assertThat(ids(node.memories(relationship)))
                        .as("memories, %s", as)
                        .isEqualTo(memories);
            }
            assertThat(messages.stream().map(Message::id)).as(as).doesNotHaveDuplicates();
            List<Integer> places = new ArrayList<>();
            for (TurnResult turn : acknowledged) {
                List<Integer> found = places(messages, turn.turnId());
                assertThat(found).as("turn %s, %s", turn.turnId(), as).hasSize(2);
                assertThat(messages.get(found.getLast()).text()).as(as).isEqualTo(turn.text());
                places.addAll(found);
            }
            assertThat(places).as("order, %s", as).isSorted();
            assertThat(messages.stream()
                            .filter(message -> message.role() == Message.Role.USER)
                            .map(Message::text))
                    .as(as)
                    .doesNotHaveDuplicates();
            replayed(fresh, relationship, messages, as);
        }
    }

    static List<String> ids(List<Memory> memories) {
        return memories.stream().map(Memory::id).toList();
    }

    static List<Integer> places(List<Message> messages, String turn) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (turn.equals(messages.get(i).turnId())) {
                places.add(i);
            }
        }
        return places;
    }

    private static void replayed(Node node, String relationship, List<Message> messages, String as) {
        ManualClock clock = new ManualClock(
                messages.isEmpty()
                        ? ManualClock.at("2089-01-01T00:00:00Z").now()
                        : messages.getFirst().time());
        ScriptedModel model = new ScriptedModel();
        try (Engine engine = Engine.open(
                new World(
                        clock,
                        new Random(1),
                        new MemoryWarmStore(clock),
                        new MemoryHotStore(clock),
                        new MemoryColdStore(),
                        new MemoryKeys(1),
                        new MemoryErasureLedger(),
                        new HashEmbedder(),
                        List.of(model)),
                Settings.defaults())) {
            engine.companions().put("aria", "Aria", new Personality(List.of("warm"), "", List.of(), List.of(), "{}"));
            String replay = engine.relationships().ensure("aria", "anna").id();
            List<Imported> imported = new ArrayList<>();
            for (int i = 0; i < messages.size(); i++) {
                Message message = messages.get(i);
                if (message.status() == Message.Status.IMPORTED) {
                    imported.add(new Imported(
                            "r-" + i, message.role(), message.speaker(), null, message.text(), message.time()));
                } else if (message.role() == Message.Role.USER) {
                    imported(engine, replay, imported);
                    clock.jumpTo(message.time());
                    String turn = message.turnId();
                    boolean answered = turn != null && places(messages, turn).size() == 2;
                    model.then(
                            answered
                                    ? ScriptedModel.say(messages.get(i + 1).text())
                                    : ScriptedModel.fail(ChatModelException.Kind.REFUSED));
                    try {
                        engine.turns().take(new TurnRequest(replay, message.text(), null, null), event -> {});
                    } catch (Problem unanswered) {
                        assertThat(answered).as(as).isFalse();
                    }
                }
            }
            imported(engine, replay, imported);
            assertThat(engine.relationships().messages(replay, 200, null, true).data().stream()
                            .map(Message::text))
                    .as("replay, %s", as)
                    .isEqualTo(messages.stream().map(Message::text).toList());
            assertThat(engine.relationships().get(replay).memories())
                    .as("memories of the replay, %s", as)
                    .isEqualTo(node.engine.relationships().get(relationship).memories());
            for (String query : QUERIES) {
                // Where nothing says that, what comes first is a matter of how each index was built.
                if (messages.stream()
                        .noneMatch(message ->
                                message.text().toLowerCase(Locale.ROOT).contains(query + " "))) {
                    continue;
                }
                String first = engine
                        .memories()
                        .search(replay, new SearchRequest(query, 1, null, Duration.ofSeconds(20)))
                        .hits()
                        .stream()
                        .findFirst()
                        .map(hit -> hit.memory().text())
                        .orElse("");
                assertThat(node.first(relationship, query))
                        .as("%s, %s", query, as)
                        .isEqualTo(first);
            }
        }
    }

    private static void imported(Engine engine, String replay, List<Imported> imported) {
        if (!imported.isEmpty()) {
            engine.relationships().importMessages(replay, imported);
            imported.clear();
        }
    }
}
