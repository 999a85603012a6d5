package dev.hearth.engine;

import static dev.hearth.engine.ExtractionFixture.OVER;
import static dev.hearth.engine.ExtractionFixture.REX;
import static dev.hearth.engine.ExtractionFixture.facts;
import static dev.hearth.engine.ExtractionFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnEvent;
import dev.hearth.engine.turn.TurnListener;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.spi.ChatModelException;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which sessions are asked about, when, in how many calls, and who gives way to whom. */
class ExtractionDueTest {

    private final ExtractionFixture extraction = new ExtractionFixture();
    private final ScriptedModel extractor = extraction.extractor;

    @Test
    void importsAndReplaysOfTheRunningSessionAreNotAskedAbout() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            house.engine
                    .relationships()
                    .importMessages(
                            relationship,
                            List.of(new Imported(
                                    "m-1", Message.Role.USER, null, null, "I have a boat.", house.clock.now())));
            house.say(relationship, "I have a dog called Rex.");
            assertThat(house.engine.extraction().extract(relationship)).isZero();
            assertThat(extractor.requests()).isEmpty();

            house.clock.advance(OVER);
            house.say(relationship, "And a new session begins with a parrot.");
            house.engine.extraction().extract(relationship);
            assertThat(extractor.requests()).hasSize(1);
            assertThat(extractor.requests().getFirst().messages().getLast().text())
                    .contains("Rex")
                    .doesNotContain("boat")
                    .doesNotContain("parrot");
        }
    }

    @Test
    void severalSmallSessionsAreOneCallAndALongOneIsSeveral() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            for (int i = 0; i < 3; i++) {
                house.say(relationship, "I have seen film number " + i + ".");
                house.clock.advance(OVER);
            }
            house.engine.extraction().extract(relationship);
            assertThat(extractor.requests()).hasSize(1);
            for (int i = 0; i < 5; i++) {
                house.say(relationship, ("I know the word " + i + " by heart. ").repeat(150));
            }
            house.clock.advance(OVER);
            house.engine.extraction().extract(relationship);
            assertThat(extractor.requests()).hasSizeBetween(3, 6);
            assertThat(extractor.requests())
                    .allMatch(request -> request.messages().getLast().text().length() < 13_000);
        }
    }

    @Test
    void smallTalkCostsNothing() {
        try (House house = extraction.house()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "ok lol");
            house.clock.advance(OVER);
            house.engine.extraction().extract(relationship);
            assertThat(extractor.requests()).isEmpty();
        }
    }

    @Test
    void whatIsDueIsExtractedByItselfAndAFailureWaitsLonger() {
        try (House house = extraction.house()) {
            String anna = house.relationship("anna");
            String ben = house.relationship("ben");
            house.say(anna, "I have a dog called Rex.");
            house.clock.advance(Duration.ofMinutes(10));
            house.say(ben, "I have a dog called Rex.");
            house.clock.advance(Duration.ofMinutes(21));
            extractor.then(ScriptedModel.fail(ChatModelException.Kind.RATE_LIMITED));
            assertThat(house.engine.extraction().extractDue()).isZero();
            assertThat(extractor.requests()).hasSize(1);
            assertThat(house.engine.extraction().extractDue()).isZero();
            assertThat(extractor.requests()).hasSize(1);
            house.clock.advance(Duration.ofMinutes(11));
            extractor.then(ScriptedModel.say(REX), ScriptedModel.say(REX));
            assertThat(house.engine.extraction().extractDue()).isEqualTo(2);
            assertThat(texts(house, anna)).hasSize(1);
            assertThat(texts(house, ben)).hasSize(1);
            assertThat(house.engine.extraction().extractDue()).isZero();
            assertThat(extractor.requests()).hasSize(3);
        }
    }

    @Test
    void whatTheModelRefusesIsPassedOverAndStopsNobody() {
        try (House house = extraction.house()) {
            String anna = house.relationship("anna");
            house.say(anna, "I have a dog called Max.");
            house.clock.advance(Duration.ofSeconds(1));
            String ben = house.relationship("ben");
            house.say(ben, "I have a dog called Rex.");
            house.clock.advance(OVER);
            extractor.otherwise(request -> request.messages().getLast().text().contains("Max")
                    ? ScriptedModel.fail(ChatModelException.Kind.REFUSED)
                    : ScriptedModel.say(REX));
            assertThat(house.engine.extraction().extractDue()).isEqualTo(1);
            for (int i = 0; i < 3; i++) {
                house.clock.advance(OVER.multipliedBy(2));
                assertThat(house.engine.extraction().extractDue()).isZero();
                assertThat(house.engine.extraction().waiting()).isEqualTo(1);
            }
            house.clock.advance(OVER.multipliedBy(2));
            assertThat(house.engine.extraction().extractDue()).isZero();
            assertThat(house.engine.extraction().waiting()).isZero();
            assertThat(asked()).hasSize(6);
            house.restart();
            assertThat(house.engine.extraction().extract(anna)).isZero();
            assertThat(asked()).hasSize(6);
        }
    }

    @Test
    void aKeyThatIsRefusedLosesNothing() {
        try (House house = extraction.house()) {
            List<String> relationships = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                relationships.add(house.relationship("user-" + i));
                house.say(relationships.getLast(), "I have a dog called Rex.");
            }
            house.clock.advance(OVER);
            extractor.otherwise(request -> ScriptedModel.fail(ChatModelException.Kind.REFUSED));
            assertThat(house.engine.extraction().extractDue()).isZero();
            assertThat(asked()).hasSize(3);
            for (int i = 0; i < 20; i++) {
                house.clock.advance(OVER.multipliedBy(2));
                assertThat(house.engine.extraction().extractDue()).isZero();
            }
            assertThat(asked()).hasSize(25);
            extractor.otherwise(request -> ScriptedModel.say(REX));
            for (String relationship : relationships) {
                assertThat(house.engine.extraction().extract(relationship)).isEqualTo(1);
            }
        }
    }

    @Test
    void aLongRelationshipGivesWayToOthers() {
        try (House house = extraction.house()) {
            String anna = house.relationship("anna");
            String ben = house.relationship("ben");
            sayMuch(house, anna);
            house.clock.advance(Duration.ofSeconds(1));
            house.say(ben, "I have a dog called Rex.");
            house.clock.advance(OVER);

            house.engine.extraction().extractDue();
            assertThat(asked()).hasSize(9);
            assertThat(asked().getLast()).contains("Rex");
            assertThat(house.engine.extraction().waiting()).isEqualTo(1);

            house.clock.advance(Duration.ofSeconds(1));
            String carl = house.relationship("carl");
            house.say(carl, "I have a dog called Max.");
            house.engine.extraction().extractDue();
            assertThat(asked()).hasSize(13);
            assertThat(asked().getLast()).contains("word 23 ");
            assertThat(house.engine.extraction().waiting()).isEqualTo(1);
        }
    }

    @Test
    void whatIsLeftOfALongRelationshipIsBehindTheOthers() {
        try (House house = extraction.house()) {
            String anna = house.relationship("anna");
            sayMuch(house, anna);
            house.clock.advance(Duration.ofSeconds(10));
            house.say(house.relationship("ben"), "I have a dog called Rex.");
            house.clock.advance(OVER.minus(Duration.ofSeconds(65)));
            extractor.otherwise(request -> {
                house.clock.advance(Duration.ofSeconds(5));
                return ScriptedModel.say("NONE");
            });
            house.engine.extraction().extractDue();
            assertThat(asked()).hasSize(8).noneMatch(text -> text.contains("Rex"));
            assertThat(facts(house, anna)).isEmpty();
            house.engine.extraction().extractDue();
            assertThat(asked()).hasSize(13);
            assertThat(asked().get(8)).contains("Rex");
        }
    }

    /** What takes twelve calls. */
    private static void sayMuch(House house, String relationship) {
        for (int i = 0; i < 24; i++) {
            house.say(relationship, ("I know the word " + i + " by heart. ").repeat(250));
        }
    }

    private List<String> asked() {
        return extractor.requests().stream()
                .map(request -> request.messages().getLast().text())
                .toList();
    }

    @Test
    void aTurnThatMayStillBeTakenUpIsWaitedFor() {
        ScriptedModel voice = new ScriptedModel()
                .then(ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE))
                .otherwise(request -> ScriptedModel.say("I see."));
        try (House house = new House(voice, store -> store, null, extractor)) {
            String relationship = house.relationship("anna");
            assertThatThrownBy(() -> house.say(relationship, "I have a dog called Rex.", "key-1"))
                    .isInstanceOf(Problem.class);
            house.clock.advance(OVER);
            assertThat(house.engine.extraction().extract(relationship)).isZero();
            assertThat(extractor.requests()).isEmpty();
            assertThat(house.say(relationship, "I have a dog called Rex.", "key-1")
                            .text())
                    .isEqualTo("I see.");
            house.clock.advance(OVER);
            extractor.then(ScriptedModel.say(REX));
            assertThat(house.engine.extraction().extract(relationship)).isEqualTo(1);
        }
    }

    @Test
    void aReplyThatWasCutOffWaitsForNothing() {
        ScriptedModel voice = new ScriptedModel().then(ScriptedModel.say("One ", "two ", "three"));
        try (House house = new House(voice, store -> store, null, extractor)) {
            String relationship = house.relationship("anna");
            house.engine.turns().take(new TurnRequest(relationship, "I have a dog called Rex.", null, null), event -> {
                if (event instanceof TurnEvent.Delta(String text) && text.startsWith("two")) {
                    throw new TurnListener.ClientGone("gone");
                }
            });
            house.clock.advance(OVER);
            extractor.then(ScriptedModel.say(REX));
            assertThat(house.engine.extraction().waiting()).isEqualTo(1);
            assertThat(house.engine.extraction().extractDue()).isEqualTo(1);
            assertThat(house.engine.extraction().waiting()).isZero();

            house.clock.advance(OVER);
            assertThat(facts(house, relationship)).hasSize(1);
            assertThat(house.engine.extraction().waiting()).isZero();
            assertThat(house.engine.extraction().extractDue()).isZero();
            house.restart();
            assertThat(facts(house, relationship)).hasSize(1);
            // Until it is asked for, how far this has come is not known.
            assertThat(house.engine.extraction().extractDue()).isZero();
            assertThat(house.engine.extraction().waiting()).isZero();
            assertThat(extractor.requests()).hasSize(1);
        }
    }
}
