package dev.hearth.engine;

import static dev.hearth.engine.ExtractionFixture.OVER;
import static dev.hearth.engine.ExtractionFixture.REX;
import static dev.hearth.engine.ExtractionFixture.events;
import static dev.hearth.engine.ExtractionFixture.facts;
import static dev.hearth.engine.ExtractionFixture.said;
import static dev.hearth.engine.ExtractionFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Forgetting;
import dev.hearth.engine.turn.ClientConversation;
import dev.hearth.engine.turn.Framing;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A fact stands as long as what was said of it stands, and goes when that is gone. */
class FactSourcesTest {

    private final ExtractionFixture extraction = new ExtractionFixture();
    private final ScriptedModel extractor = extraction.extractor;

    @Test
    void deletingItsSourceDeletesAFact() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            extraction.extract(house, relationship, "I have a dog called Rex.", REX);
            Memory fact = facts(house, relationship).getFirst();
            house.restart();
            house.engine
                    .memories()
                    .delete(said(house, relationship, "I have a dog called Rex.")
                            .id());
            assertThat(facts(house, relationship)).isEmpty();
            assertThatThrownBy(() -> house.engine.memories().get(fact.id())).isInstanceOf(Problem.class);
            assertThat(house.engine
                            .memories()
                            .search(relationship, new SearchRequest("dog called Rex", 5, null, null))
                            .hits())
                    .noneMatch(hit -> hit.memory().text().contains("Rex"));
            assertThat(house.engine.relationships().get(relationship).messages())
                    .isEqualTo(1);
            assertThat(house.engine.relationships().get(relationship).memories())
                    .isEqualTo(1);
            assertThat(events(house, relationship).stream()
                            .filter(event -> event.type().wire().equals("memory.deleted")))
                    .anyMatch(event -> event.ids().containsValue(fact.id()));
            house.restart();
            assertThat(facts(house, relationship)).isEmpty();
            assertThat(house.engine.relationships().get(relationship).memories())
                    .isEqualTo(1);
        }
    }

    @Test
    void deletingOneOfItsSourcesLeavesAFactOnTheOthers() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            extraction.extract(house, relationship, "I have a dog called Rex.", REX);
            extraction.extract(house, relationship, "Yes, it is a dog called Rex, a big one.", REX);
            Memory fact = facts(house, relationship).getFirst();
            assertThat(facts(house, relationship)).hasSize(1);
            assertThat(fact.standing().count()).isEqualTo(2);
            assertThat(fact.provenance().messageIds()).hasSize(2);
            house.restart();
            assertThat(facts(house, relationship)).containsExactly(fact);

            house.engine
                    .memories()
                    .delete(said(house, relationship, "I have a dog called Rex.")
                            .id());
            assertThat(facts(house, relationship)).hasSize(1);
            assertThat(facts(house, relationship).getFirst().provenance().messageIds())
                    .containsExactly(fact.provenance().messageIds().getLast());
            house.engine
                    .memories()
                    .correct(
                            said(house, relationship, "Yes, it is a dog called Rex, a big one.")
                                    .id(),
                            "I have none.");
            assertThat(facts(house, relationship)).isEmpty();
            house.restart();
            assertThat(facts(house, relationship)).isEmpty();
        }
    }

    @Test
    void whoeverSaysTheSameBearsAFactFurther() {
        for (boolean first : new boolean[] {true, false}) {
            try (House house = extraction.house()) {
                String relationship = house.relationship("anna");
                String rex = "I have a dog called Rex.";
                extraction.extract(house, relationship, rex, first ? REX : "NONE");
                extraction.extract(house, relationship, rex, first ? "NONE" : REX);
                Memory memory = said(house, relationship, rex);
                assertThat(memory.standing().count()).isEqualTo(2);
                String firstMessage = memory.provenance().messageIds().getFirst();
                String second = memory.provenance().messageIds().getLast();
                assertThat(facts(house, relationship).getFirst().provenance().messageIds())
                        .containsExactly(first ? firstMessage : second);

                String gone = first ? memory.id() : "mem_" + second.substring(4);
                house.engine.memories().delete(gone, Forgetting.Extent.MESSAGE);

                assertThat(facts(house, relationship).getFirst().provenance().messageIds())
                        .containsExactly(first ? second : firstMessage);
                house.restart();
                assertThat(facts(house, relationship).getFirst().provenance().messageIds())
                        .containsExactly(first ? second : firstMessage);
                house.engine.memories().delete(said(house, relationship, rex).id(), Forgetting.Extent.MESSAGE);
                assertThat(facts(house, relationship)).isEmpty();
                house.restart();
                assertThat(facts(house, relationship)).isEmpty();
            }
        }
    }

    @Test
    void manyFactsGoWithAMemoryThatWasSaidOften() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            String said = "I own a red boat, a blue boat, a green boat, a black boat, a white boat, a small boat.";
            List<String> colours = List.of("red", "blue", "green", "black", "white", "small");
            for (int i = 0; i < 20; i++) {
                house.say(relationship, said);
                house.clock.advance(Duration.ofSeconds(10));
                house.say(relationship, "I also saw ship " + i + " today.");
            }
            house.clock.advance(OVER);
            StringBuilder answer = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                String colour = colours.get(i % 6);
                answer.append(i / 6 * 8 + 1)
                        .append(" | \"a " + colour + " boat\" | The user owns a " + colour + " boat"
                                + " too".repeat(i / 6) + ".\n");
            }
            extractor.then(ScriptedModel.say(answer.toString()));
            assertThat(house.engine.extraction().extract(relationship)).isEqualTo(20);
            house.engine.memories().delete(said(house, relationship, said).id(), Forgetting.Extent.MEMORY);
            assertThat(facts(house, relationship)).isEmpty();
            house.restart();
            assertThat(facts(house, relationship)).isEmpty();
            assertThat(house.engine.relationships().get(relationship).messages())
                    .isEqualTo(60);
        }
    }

    @Test
    void aFactIsPinnedCorrectedAndDeletedAsAnyMemory() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            extraction.extract(
                    house,
                    relationship,
                    "I have a dog called Rex and a boat.",
                    REX + "\n1 | \"a boat\" | The user has a boat.");
            Memory boat = facts(house, relationship).getFirst();
            Memory dog = facts(house, relationship).getLast();
            assertThat(house.engine
                            .memories()
                            .change(dog.id(), null, true)
                            .standing()
                            .pinned())
                    .isTrue();
            house.engine.memories().delete(boat.id());
            assertThat(texts(house, relationship)).containsExactly(dog.text());
            Memory corrected = house.engine.memories().correct(dog.id(), "My dog is called Max.");
            assertThat(corrected.kind()).isEqualTo("episodic");
            assertThat(facts(house, relationship)).isEmpty();
            assertThat(said(house, relationship, "I have a dog called Rex and a boat."))
                    .isNotNull();
            house.engine
                    .memories()
                    .delete(said(house, relationship, "I have a dog called Rex and a boat.")
                            .id());
            assertThat(said(house, relationship, "My dog is called Max.")).isNotNull();
        }
    }

    @Test
    void whatTookThePlaceOfItsSourceTakesThePlaceOfAFact() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            extraction.extract(
                    house, relationship, "I live in Lyon.", "1 | \"live in Lyon\" | The user lives in Lyon.");
            house.say(relationship, "I moved from Lyon to Berlin, and now I live in Berlin.");
            Memory source = said(house, relationship, "I live in Lyon.");
            assertThat(source.standing().supersededBy()).isNotNull();
            assertThat(facts(house, relationship).getFirst().standing().supersededBy())
                    .isEqualTo(source.standing().supersededBy());
            house.restart();
            assertThat(facts(house, relationship).getFirst().standing().supersededBy())
                    .isEqualTo(source.standing().supersededBy());
        }
    }

    @Test
    void aFactOfSomethingOutOfDateIsOutOfDateAtOnce() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "I live in Lyon.");
            extraction.extract(
                    house,
                    relationship,
                    "I moved from Lyon to Berlin, and now I live in Berlin.",
                    "1 | \"live in Lyon\" | The user lives in Lyon.");
            assertThat(facts(house, relationship).getFirst().standing().supersededBy())
                    .isEqualTo(said(house, relationship, "I moved from Lyon to Berlin, and now I live in Berlin.")
                            .id());
        }
    }

    @Test
    void whatANewStatementIsNotAboutStaysTrue() {
        String two = "I work at IBM and I have two kids.";
        String facts = "1 | \"work at IBM\" | The user works at IBM.\n1 | \"have two kids\" | The user has two kids.";
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            extraction.extract(house, relationship, two, facts);
            house.say(relationship, "I work at Sony now.");
            String newer = said(house, relationship, "I work at Sony now.").id();
            assertThat(said(house, relationship, two).standing().supersededBy()).isEqualTo(newer);
            assertThat(successors(house, relationship))
                    .containsExactly(
                            Map.entry("The user has two kids.", "none"), Map.entry("The user works at IBM.", newer));
            house.restart();
            assertThat(successors(house, relationship))
                    .containsExactly(
                            Map.entry("The user has two kids.", "none"), Map.entry("The user works at IBM.", newer));
        }
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            house.say(relationship, two);
            house.say(relationship, "I work at Sony now.");
            house.clock.advance(OVER);
            extractor.then(ScriptedModel.say(facts));
            assertThat(house.engine.extraction().extract(relationship)).isEqualTo(2);
            assertThat(successors(house, relationship))
                    .containsExactly(
                            Map.entry("The user has two kids.", "none"),
                            Map.entry(
                                    "The user works at IBM.",
                                    said(house, relationship, "I work at Sony now.")
                                            .id()));
        }
    }

    /** The facts, newest first, and what took the place of each. */
    private static List<Map.Entry<String, String>> successors(House house, String relationship) {
        return facts(house, relationship).stream()
                .map(fact -> Map.entry(
                        fact.text(), Objects.requireNonNullElse(fact.standing().supersededBy(), "none")))
                .toList();
    }

    @Test
    void aTurnThatIsReplacedTakesItsFactsWithIt() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            send(house, relationship, "I have a dog called Rex.");
            house.clock.advance(OVER);
            extractor.then(ScriptedModel.say(REX));
            assertThat(house.engine.extraction().extract(relationship)).isEqualTo(1);

            send(house, relationship, "I have a dog called Rex.");

            assertThat(facts(house, relationship)).isEmpty();
            assertThat(house.engine.relationships().get(relationship).messages())
                    .isEqualTo(2);
            house.restart();
            assertThat(facts(house, relationship)).isEmpty();
        }
    }

    /** As a client does that keeps the conversation itself and may send its last turn once more. */
    private static void send(House house, String relationship, String text) {
        Framing framing = new Framing("", new ClientConversation("", "whole"), null);
        house.engine.turns().take(new TurnRequest(relationship, text, null, null, framing), event -> {});
    }

    @Test
    void anErasureLeavesNothing() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            extraction.extract(house, relationship, "I have a dog called Rex.", REX);
            assertThat(house.engine.users().erase("anna").verified()).isTrue();
            assertThatThrownBy(() -> facts(house, relationship)).isInstanceOf(Problem.class);
        }
    }
}
