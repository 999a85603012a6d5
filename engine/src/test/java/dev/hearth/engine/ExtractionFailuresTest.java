package dev.hearth.engine;

import static dev.hearth.engine.ExtractionFixture.OVER;
import static dev.hearth.engine.ExtractionFixture.REX;
import static dev.hearth.engine.ExtractionFixture.facts;
import static dev.hearth.engine.ExtractionFixture.said;
import static dev.hearth.engine.ExtractionFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.extraction.Spent;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.engine.turn.TurnTrace;
import dev.hearth.engine.turn.TurnUsage;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatRequest;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.Write;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.ScriptedModel;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A model or a store that fails, a restart, a damaged record: what goes with them, and what does not. */
class ExtractionFailuresTest {

    private final ExtractionFixture extraction = new ExtractionFixture();
    private final ScriptedModel extractor = extraction.extractor;

    @Test
    void aRestartExtractsNothingTwiceAndLosesNothing() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            extraction.extract(house, relationship, "I have a dog called Rex.", REX);
            house.restart();
            assertThat(house.engine.extraction().extract(relationship)).isZero();
            assertThat(extractor.requests()).hasSize(1);
            house.say(relationship, "I have a boat as well.");
            house.clock.advance(OVER);
            house.restart();
            extractor.then(ScriptedModel.say("1 | \"a boat\" | The user has a boat."));
            assertThat(house.engine.extraction().extract(relationship)).isEqualTo(1);
            assertThat(extractor.requests().getLast().messages().getLast().text())
                    .doesNotContain("Rex");
            house.engine.folding().fold(relationship);
            house.restart();
            assertThat(texts(house, relationship))
                    .containsExactly("The user has a boat.", "The user has a dog called Rex.");
        }
    }

    @Test
    void aWriteThatFailsOrWhoseAnswerIsLostLosesAndDoublesNothing() {
        for (boolean happened : new boolean[] {false, true}) {
            FaultyWarmStore[] faulty = new FaultyWarmStore[1];
            try (House house = extraction.house(store -> faulty[0] = new FaultyWarmStore(store))) {
                String relationship = house.relationship("anna");
                house.say(relationship, "I have a dog called Rex.");
                house.clock.advance(OVER);
                extractor.then(ScriptedModel.say(REX), ScriptedModel.say(REX));
                faulty[0].onWrites(
                        happened
                                ? new FaultyWarmStore.Fault.After(StoreException.Kind.UNAVAILABLE)
                                : new FaultyWarmStore.Fault.Before(StoreException.Kind.UNAVAILABLE));
                try {
                    house.engine.extraction().extract(relationship);
                } catch (Problem failed) {
                    assertThat(happened).isFalse();
                }
                house.restart();
                house.engine.extraction().extract(relationship);
                assertThat(texts(house, relationship)).containsExactly("The user has a dog called Rex.");
            }
        }
    }

    @Test
    void aModelThatFailsLeavesEverythingForLater() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "I have a dog called Rex.");
            house.clock.advance(OVER);
            extractor.then(ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE, "1 | \"a dog"));
            assertThatThrownBy(() -> house.engine.extraction().extract(relationship))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.MODEL_UNAVAILABLE));
            assertThat(facts(house, relationship)).isEmpty();
            extractor.then(ScriptedModel.say(REX));
            assertThat(house.engine.extraction().extract(relationship)).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatCannotBeReadIsAskedForOnceMoreAndPassedOver() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            TurnResult turn = house.say(relationship, "I have a dog called Rex.");
            house.clock.advance(OVER);
            extractor.then(ScriptedModel.say("Sure! The user has a dog."), ScriptedModel.say(" "));
            assertThat(house.engine.extraction().extract(relationship)).isZero();
            assertThat(extractor.requests()).hasSize(2);
            TurnTrace trace = house.engine.turns().trace(turn.turnId());
            assertThat(trace.steps().getLast().outcome()).isEqualTo("failed");
            TurnUsage spent = Objects.requireNonNull(trace.extraction());
            assertThat(spent.completionTokens()).isEqualTo(7 + 1);
            assertThat(house.engine.extraction().extract(relationship)).isZero();
            assertThat(extractor.requests()).hasSize(2);
        }
    }

    @Test
    void whatIsSpentOnNothingIsCounted() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "I have a dog called Rex.");
            house.clock.advance(OVER);
            extractor.then(
                    ScriptedModel.say("I think so."),
                    ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE, "1 | \"a"));
            assertThatThrownBy(() -> house.engine.extraction().extract(relationship))
                    .isInstanceOf(Problem.class);
            int read = read(extractor.requests().getFirst());
            assertThat(house.engine.extraction().spent())
                    .isEqualTo(new Spent(2, 2, read, 3 + 2, 3 * 10.0 / 1e6 + (read + 2 * 10.0) / 1e6));

            extractor.then(ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE));
            assertThatThrownBy(() -> house.engine.extraction().extract(relationship))
                    .isInstanceOf(Problem.class);
            assertThat(house.engine.extraction().spent().completionTokens()).isEqualTo(5);
            assertThat(house.engine.extraction().spent().failures()).isEqualTo(3);

            String endless = "so on ".repeat(20_000);
            extractor.then(ScriptedModel.say(endless), ScriptedModel.say(REX));
            assertThat(house.engine.extraction().extract(relationship)).isEqualTo(1);
            assertThat(house.engine.extraction().spent().calls()).isEqualTo(5);
            assertThat(house.engine.extraction().spent().failures()).isEqualTo(4);
            assertThat(house.engine.extraction().spent().promptTokens()).isEqualTo(2L * read);
            assertThat(house.engine.extraction().spent().completionTokens())
                    .isEqualTo(5 + endless.length() / 4 + 1 + REX.length() / 4 + 1);
        }
    }

    /** About how many tokens a request has. */
    private static int read(ChatRequest request) {
        return request.messages().stream()
                        .mapToInt(message -> message.text().length())
                        .sum()
                / 4;
    }

    @Test
    void aFactThatCannotBeReadKeepsNoMessageFromBeingForgotten() {
        String boat = "I have a boat.";
        for (boolean restarted : new boolean[] {false, true}) {
            for (boolean corrected : new boolean[] {false, true}) {
                try (House house = extraction.house()) {
                    String relationship = house.relationship("anna");
                    house.say(relationship, boat);
                    extraction.extract(
                            house,
                            relationship,
                            "I have a dog called Rex.",
                            "1 | \"have a boat\" | The user has a boat.\n3 | \"a dog called Rex\" | The user has a dog.");
                    flip(house, relationship, "m/0000000005");
                    if (restarted) {
                        house.restart();
                    }
                    String id = said(house, relationship, boat).id();
                    long before = house.engine.relationships().get(relationship).memories();
                    if (corrected) {
                        house.engine.memories().correct(id, "I have a ship.");
                    } else {
                        house.engine.memories().delete(id);
                    }
                    assertThat(stored(house, relationship, "a/"))
                            .doesNotContain("r/0000/a/0000000005")
                            .contains("r/0000/a/0000000006");
                    if (!restarted) {
                        assertThat(house.engine
                                        .relationships()
                                        .get(relationship)
                                        .memories())
                                .isEqualTo(before - 2 + (corrected ? 1 : 0));
                    }
                    assertThat(house.engine
                                    .memories()
                                    .search(relationship, new SearchRequest("boat", 5, null, null))
                                    .hits())
                            .noneMatch(hit -> hit.memory().text().contains("boat"));
                    house.restart();
                    assertThat(house.engine
                                    .memories()
                                    .list(relationship, MemoryFilter.ALL, 10, null)
                                    .data())
                            .noneMatch(memory -> memory.text().contains("boat"))
                            .anyMatch(memory -> memory.text().contains("Rex"));
                }
            }
        }
    }

    @Test
    void aFactWhoseSourcesCannotBeReadIsNoMemory() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            extraction.extract(house, relationship, "I have a dog called Rex.", REX);
            flip(house, relationship, "a/0000000003");
            house.restart();
            assertThat(facts(house, relationship)).isEmpty();
            SearchResult found =
                    house.engine.memories().search(relationship, new SearchRequest("dog called Rex", 5, null, null));
            assertThat(found.degraded()).containsExactly("recall.damaged");
            assertThat(found.hits()).noneMatch(hit -> hit.memory().kind().equals("semantic"));
            house.engine
                    .memories()
                    .delete(said(house, relationship, "I have a dog called Rex.")
                            .id());
            extraction.extract(house, relationship, "I have a boat.", "1 | \"have a boat\" | The user has a boat.");
            house.restart();
            assertThat(texts(house, relationship)).containsExactly("The user has a boat.");
        }
    }

    private static List<String> stored(House house, String relationship, String kind) {
        return house
                .memory
                .range(partition(relationship), Range.prefix("r/0000/" + kind, 100), Deadline.after(house.clock, OVER))
                .stream()
                .map(Item::key)
                .toList();
    }

    /** Flips a bit of a record. */
    private static void flip(House house, String relationship, String record) {
        Item item = house.memory
                .range(partition(relationship), Range.prefix("r/0000/" + record, 1), Deadline.after(house.clock, OVER))
                .getFirst();
        byte[] bytes = item.value().clone();
        bytes[bytes.length / 2] ^= 1;
        house.memory.write(
                partition(relationship),
                new Write(List.of(), List.of(new Write.Operation.Put(item.key(), item.revision(), bytes, null))),
                Deadline.after(house.clock, OVER));
    }

    private static Partition partition(String relationship) {
        return new Partition(relationship.substring(4, 30));
    }
}
