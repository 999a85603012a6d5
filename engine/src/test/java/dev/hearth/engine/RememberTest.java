package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.partition.UserProfile;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Message;
import dev.hearth.spi.StoreException;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.ScriptedModel;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statements that an application has remembered and corrected, beside the conversation. */
class RememberTest {

    @Test
    void whatIsRememberedIsFoundAndIsInNoConversation() {
        ScriptedModel model = new ScriptedModel();
        try (House house = new House(model)) {
            String relationship = house.relationship("anna");
            house.engine.users().put("anna", new UserProfile("Anna", null, null, null, null, null, null));
            house.say(relationship, "Hello.");
            Instant then = Instant.parse("2020-02-02T10:00:00Z");
            Memory memory = house.engine.memories().remember(relationship, "My cat is called Miso.", then, "crm-7");

            assertThat(memory.text()).isEqualTo("My cat is called Miso.");
            assertThat(memory.time()).isEqualTo(then);
            assertThat(memory.speaker()).isEqualTo("Anna");
            assertThat(memory.sourceExternalIds()).containsExactly("crm-7");
            assertThat(house.engine.memories().get(memory.id())).isEqualTo(memory);
            assertThat(found(house, relationship, "cat called")).contains("My cat is called Miso.");
            house.say(relationship, "Again.");
            assertThat(model.requests().getLast().grounding().history())
                    .extracting(said -> said.text())
                    .doesNotContain("My cat is called Miso.")
                    .contains("Hello.");
        }
    }

    @Test
    void theSameExternalIdAnswersTheSameMemoryAlsoAfterARestartAndACorrection() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            Memory first = house.engine.memories().remember(relationship, "I love tea.", null, "crm-1");
            house.restart();
            assertThat(house.engine.memories().remember(relationship, "Whatever.", null, "crm-1"))
                    .isEqualTo(first);
            Memory corrected = house.engine.memories().correct(first.id(), "I love coffee.");
            assertThat(house.engine.memories().remember(relationship, "Whatever.", null, "crm-1"))
                    .isEqualTo(corrected);
            house.restart();
            assertThat(house.engine.memories().remember(relationship, "Whatever.", null, "crm-1"))
                    .isEqualTo(corrected);
            assertThat(house.engine.relationships().get(relationship).memories())
                    .isEqualTo(1);
            house.engine.memories().delete(corrected.id());
            assertThatThrownBy(() -> house.engine.memories().remember(relationship, "Whatever.", null, "crm-1"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.CONFLICT));
        }
    }

    @Test
    void withoutAnExternalIdOtherWordsAreAnotherMemoryAndTheSameAreTheSame() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            Memory one = house.engine.memories().remember(relationship, "I love tea.", null, null);
            Memory other = house.engine.memories().remember(relationship, "I love cake.", null, null);
            assertThat(other.id()).isNotEqualTo(one.id());
            house.clock.advance(java.time.Duration.ofDays(3));
            Memory again = house.engine.memories().remember(relationship, "i love tea", null, null);
            assertThat(again.id()).isEqualTo(one.id());
            assertThat(again.standing().count()).isEqualTo(2);
            assertThat(again.time()).isEqualTo(one.time());
            assertThat(again.standing().lastTime()).isEqualTo(house.clock.now());
            assertThat(house.engine.relationships().get(relationship).memories())
                    .isEqualTo(2);
        }
    }

    @Test
    void aCorrectionReplacesTheWordsInOneWrite() {
        FaultyWarmStore[] faulty = new FaultyWarmStore[1];
        try (House house = new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("Miaow to both.")),
                store -> faulty[0] = new FaultyWarmStore(store))) {
            String relationship = house.relationship("anna");
            house.say(relationship, "My cat is called Miso.");
            String old = memoryOf(house, relationship, "My cat is called Miso.");
            faulty[0].onWrites(new FaultyWarmStore.Fault.Before(StoreException.Kind.UNAVAILABLE));
            assertThatThrownBy(() -> house.engine.memories().correct(old, "My cat is called Mochi."))
                    .isInstanceOf(Problem.class);
            assertThat(house.engine.memories().get(old).text()).isEqualTo("My cat is called Miso.");

            Memory corrected = house.engine.memories().correct(old, "My cat is called Mochi.");

            assertThat(corrected.id()).isNotEqualTo(old);
            assertThatThrownBy(() -> house.engine.memories().get(old)).isInstanceOf(Problem.class);
            assertThatThrownBy(() -> house.engine.memories().correct(old, "Again."))
                    .isInstanceOf(Problem.class);
            for (int life = 0; life < 2; life++) {
                assertThat(house.engine
                                .relationships()
                                .messages(relationship, 10, null, true)
                                .data())
                        .extracting(Message::text)
                        .containsExactly("Miaow to both.", "My cat is called Mochi.");
                assertThat(found(house, relationship, "cat called"))
                        .contains("My cat is called Mochi.")
                        .doesNotContain("My cat is called Miso.");
                assertThat(house.engine.relationships().get(relationship).memories())
                        .isEqualTo(2);
                house.restart();
            }
        }
    }

    @Test
    void wordsThatAreNoneAreRefused() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            for (String none : List.of("", " \n", "x".repeat(32_769))) {
                assertThatThrownBy(() -> house.engine.memories().remember(relationship, none, null, null))
                        .isInstanceOf(Problem.class);
            }
        }
    }

    private static String memoryOf(House house, String relationship, String text) {
        return house.engine.memories().search(relationship, new SearchRequest(text, 10, null, null)).hits().stream()
                .filter(hit -> hit.memory().text().equals(text))
                .findFirst()
                .orElseThrow()
                .memory()
                .id();
    }

    private static List<String> found(House house, String relationship, String query) {
        return house.engine.memories().search(relationship, new SearchRequest(query, 10, null, null)).hits().stream()
                .map(hit -> hit.memory().text())
                .toList();
    }
}
