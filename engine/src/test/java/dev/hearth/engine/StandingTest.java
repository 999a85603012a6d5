package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Forgetting;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.spi.ChatRequest;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How memories stand among each other: said again, out of date, pinned, corrected, told lately. */
class StandingTest {

    private static final int TIMES = 668;
    private static final String INVENTED = "You told me that you have a twin brother called Oskar.";

    @Test
    void whatIsImportedTooOftenIsOneMemory() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            List<Imported> messages = new ArrayList<>();
            Instant at = Instant.parse("2025-01-01T10:00:00Z");
            for (int i = 0; i < TIMES; i++) {
                String text = i % 2 == 0 ? INVENTED : INVENTED.toLowerCase(java.util.Locale.ROOT) + " 😊";
                messages.add(new Imported("x" + i, Message.Role.COMPANION, null, null, text, at.plusSeconds(60L * i)));
            }
            assertThat(house.engine
                            .relationships()
                            .importMessages(relationship, messages)
                            .imported())
                    .isEqualTo(TIMES);
            for (int life = 0; life < 2; life++) {
                List<SearchResult.Hit> hits = search(house, relationship, "twin brother Oskar");
                assertThat(hits).hasSize(1);
                Memory memory = hits.getFirst().memory();
                assertThat(memory.standing().count()).isEqualTo(TIMES);
                assertThat(memory.time()).isEqualTo(at);
                assertThat(memory.standing().lastTime()).isEqualTo(at.plusSeconds(60L * (TIMES - 1)));
                assertThat(memory.sourceExternalIds())
                        .startsWith("x0")
                        .endsWith("x667")
                        .hasSize(20);
                assertThat(house.engine.relationships().get(relationship).memories())
                        .isEqualTo(1);
                assertThat(house.engine.relationships().get(relationship).messages())
                        .isEqualTo(TIMES);
                house.restart();
            }
        }
    }

    @Test
    void whatTheCompanionSaysTooOftenIsOneMemoryAndIsForgottenWhole() {
        ScriptedModel model = new ScriptedModel().otherwise(request -> ScriptedModel.say(INVENTED));
        try (House house = new House(model)) {
            String relationship = house.relationship("anna");
            for (int i = 0; i < TIMES; i++) {
                house.say(relationship, "ok");
            }
            List<SearchResult.Hit> hits = search(house, relationship, "twin brother Oskar");
            assertThat(hits).hasSize(1);
            Memory memory = hits.getFirst().memory();
            assertThat(memory.standing().count()).isEqualTo(TIMES);
            assertThat(memory.kind()).isEqualTo("episodic");
            assertThat(memory.speaker()).isEqualTo("Aria");

            house.engine.memories().delete(memory.id());

            for (int life = 0; life < 2; life++) {
                assertThat(search(house, relationship, "twin brother Oskar")).isEmpty();
                assertThat(house.engine.relationships().get(relationship).messages())
                        .isEqualTo(TIMES);
                assertThat(house.engine.relationships().get(relationship).memories())
                        .isZero();
                assertThat(house.engine
                                .relationships()
                                .messages(relationship, 200, null, true)
                                .data())
                        .extracting(Message::text)
                        .containsOnly("ok");
                house.restart();
            }
        }
    }

    @Test
    void theNextThatSaysTheSameTakesTheForgottenMessagesPlace() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                house.say(relationship, "My locker code is 4711.");
                ids.add("mem_"
                        + house.engine
                                .relationships()
                                .messages(relationship, 2, null, false)
                                .data()
                                .getLast()
                                .id()
                                .substring(4));
                house.clock.advance(Duration.ofDays(1));
            }
            Memory memory = house.engine.memories().get(ids.get(2));
            assertThat(memory.id()).isEqualTo(ids.getFirst());
            assertThat(memory.standing().count()).isEqualTo(3);
            assertThat(memory.provenance().messageIds()).hasSize(3);
            assertThat(memory.provenance().turnId()).startsWith("trn_");
            house.engine.memories().change(memory.id(), null, true);

            house.engine.memories().delete(memory.id(), Forgetting.Extent.MESSAGE);

            assertThatThrownBy(() -> house.engine.memories().get(ids.getFirst()))
                    .isInstanceOf(Problem.class);
            Memory next = search(house, relationship, "locker code").getFirst().memory();
            assertThat(next.id()).isEqualTo(ids.get(1));
            assertThat(next.standing().count()).isEqualTo(2);
            assertThat(next.standing().pinned()).isTrue();
            house.engine.memories().delete(ids.get(2), Forgetting.Extent.MESSAGE);
            assertThat(house.engine.memories().get(ids.get(1)).standing().count())
                    .isEqualTo(1);
            assertThat(house.engine.memories().get(ids.get(1)).standing().lastTime())
                    .isEqualTo(house.engine.memories().get(ids.get(1)).time());
            house.say(relationship, "My locker code is 4711!");
            assertThat(house.engine.memories().get(ids.get(1)).standing().count())
                    .isEqualTo(2);
            assertThat(search(house, relationship, "locker code")).hasSize(1);
        }
    }

    @Test
    void whatSaysNearlyTheSameIsFoldedOnceItIsEmbedded() {
        String walk = "We walked around the lake near the old mill with grandfather and talked about school, music,"
                + " travelling, cooking, gardens and boats";
        int[] turn = new int[1];
        ScriptedModel model =
                new ScriptedModel().otherwise(request -> ScriptedModel.say(turn[0]++ == 0 ? walk : walk + " together"));
        try (House house = new House(model)) {
            String relationship = house.relationship("anna");
            house.say(relationship, "ok");
            house.say(relationship, "ok");
            java.time.Instant end = java.time.Instant.now().plusSeconds(20);
            while (house.engine.relationships().get(relationship).memories() > 1
                    && java.time.Instant.now().isBefore(end)) {
                Thread.onSpinWait();
            }
            for (int life = 0; life < 2; life++) {
                assertThat(search(house, relationship, "lake near the old mill"))
                        .singleElement()
                        .satisfies(hit -> {
                            assertThat(hit.memory().standing().count()).isEqualTo(2);
                            assertThat(hit.memory().text()).isEqualTo(walk);
                        });
                house.restart();
            }
        }
    }

    @Test
    void theSameWordsAboutTomorrowAreAnotherMemoryOnAnotherDay() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "I have an exam tomorrow.");
            house.clock.advance(Duration.ofDays(20));
            house.say(relationship, "I have an exam tomorrow.");
            assertThat(search(house, relationship, "exam tomorrow")).hasSize(2);
        }
    }

    @Test
    void whatSaysNothingIsInTheHistoryAndIsNoMemory() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "ok lol");
            house.say(relationship, "I adopted a parrot lol");
            house.restart();
            assertThat(search(house, relationship, "ok lol parrot"))
                    .extracting(hit -> hit.memory().text())
                    .containsExactly("I adopted a parrot lol");
            assertThat(house.engine.relationships().get(relationship).memories())
                    .isEqualTo(1);
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(Message::text)
                    .contains("ok lol");
        }
    }

    @Test
    void theNewerStatementComesFirstAndTheOlderStaysMarked() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "I live in Munich, in a small flat.");
            house.say(relationship, "My favourite colour is blue.");
            house.clock.advance(Duration.ofDays(90));
            house.say(relationship, "I moved to Berlin last week.");
            house.clock.advance(Duration.ofDays(90));
            house.say(relationship, "My favorite color is green now.");
            for (int life = 0; life < 2; life++) {
                List<Memory> found = search(house, relationship, "I live in Munich Berlin").stream()
                        .map(SearchResult.Hit::memory)
                        .toList();
                assertThat(found)
                        .extracting(Memory::text)
                        .startsWith("I moved to Berlin last week.", "I live in Munich, in a small flat.");
                assertThat(found.get(1).standing().supersededBy())
                        .isEqualTo(found.get(0).id());
                assertThat(found.get(0).standing().supersedes())
                        .isEqualTo(found.get(1).id());
                assertThat(search(house, relationship, "blue")
                                .getFirst()
                                .memory()
                                .text())
                        .isEqualTo("My favorite color is green now.");
                assertThat(house.engine
                                .memories()
                                .list(relationship, new MemoryFilter(null, null, true), 10, null)
                                .data())
                        .extracting(Memory::text)
                        .containsExactly("My favourite colour is blue.", "I live in Munich, in a small flat.");
                house.restart();
            }
            house.engine
                    .memories()
                    .delete(search(house, relationship, "moved to Berlin")
                            .getFirst()
                            .memory()
                            .id());
            Memory munich =
                    search(house, relationship, "live in Munich").getFirst().memory();
            assertThat(munich.text()).startsWith("I live in Munich");
            assertThat(munich.standing().supersededBy()).isNull();
        }
    }

    @Test
    void anOldHistoryThatComesLaterTakesNoNewersPlace() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "I moved to Berlin.");
            house.engine
                    .relationships()
                    .importMessages(
                            relationship,
                            List.of(new Imported(
                                    "1",
                                    Message.Role.USER,
                                    null,
                                    null,
                                    "I just moved to Munich.",
                                    Instant.parse("2019-01-01T00:00:00Z"))));
            Memory munich = search(house, relationship, "moved to Munich").stream()
                    .map(SearchResult.Hit::memory)
                    .filter(memory -> memory.text().contains("Munich"))
                    .findFirst()
                    .orElseThrow();
            assertThat(munich.standing().supersededBy()).isNotNull();
        }
    }

    @Test
    void saidAgainAfterItWasOutOfDateItIsNews() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "My favourite colour is blue.");
            house.say(relationship, "My favourite colour is green.");
            house.say(relationship, "My favourite colour is blue.");
            List<Memory> found = search(house, relationship, "favourite colour").stream()
                    .map(SearchResult.Hit::memory)
                    .toList();
            assertThat(found).hasSize(3);
            assertThat(found.getFirst().text()).isEqualTo("My favourite colour is blue.");
            assertThat(found.getFirst().standing().supersedes())
                    .isEqualTo(found.get(1).id());
            assertThat(found.get(1).text()).isEqualTo("My favourite colour is green.");
        }
    }

    @Test
    void aCorrectionIsRecalledBeforeWhatWasSaidOfTheSame() {
        ScriptedModel model = new ScriptedModel().otherwise(request -> ScriptedModel.say("Noted, dear."));
        try (House house = new House(model)) {
            String relationship = house.relationship("anna");
            house.say(relationship, "The name of my cat is Miso, she is my cat.");
            house.say(relationship, "The name of my cat is Miso, really, my cat, Miso the cat.");
            Memory first = search(house, relationship, "The name of my cat is Miso, she is my cat.")
                    .getFirst()
                    .memory();
            house.engine.memories().correct(first.id(), "The name of my cat is Mochi.");
            later(house, relationship);
            house.say(relationship, "What is the name of my cat?");
            List<String> told = model.requests().getLast().grounding().memories().stream()
                    .map(memory -> memory.text())
                    .toList();
            assertThat(told.getFirst()).isEqualTo("The name of my cat is Mochi.");
            assertThat(told).contains("The name of my cat is Miso, really, my cat, Miso the cat.");
            Memory corrected =
                    search(house, relationship, "cat Mochi").getFirst().memory();
            assertThat(corrected.standing().corrected()).isTrue();
        }
    }

    @Test
    void aTurnNotesWhatItToldAndALookUpDoesNotCare() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "The beach in Cascais was wonderful.");
            house.say(relationship, "The beach in Tavira was windy.");
            later(house, relationship);
            assertThat(partsOf(house, house.say(relationship, "Do you like the beach?")))
                    .doesNotContain("used");
            assertThat(partsOf(house, house.say(relationship, "Tell me of any beach.")))
                    .contains("used");
            assertThat(search(house, relationship, "beach"))
                    .allSatisfy(hit -> assertThat(hit.parts()).doesNotContainKey("used"));
            house.clock.advance(Duration.ofHours(5));
            assertThat(partsOf(house, house.say(relationship, "Tell me of some beach.")))
                    .doesNotContain("used");
        }
    }

    private static List<String> partsOf(House house, dev.hearth.engine.turn.TurnResult turn) {
        return house.engine.turns().trace(turn.turnId()).recalled().stream()
                .flatMap(recalled -> recalled.parts().keySet().stream())
                .distinct()
                .toList();
    }

    @Test
    void theCompanionsWordsAreNoFactsAboutTheUser() {
        ScriptedModel model =
                new ScriptedModel().otherwise(request -> ScriptedModel.say("My favourite colour is red now."));
        try (House house = new House(model)) {
            String relationship = house.relationship("anna");
            house.say(relationship, "My favourite colour is blue.");
            later(house, relationship);
            house.say(relationship, "Which colour do I like?");
            Memory blue = search(house, relationship, "favourite colour blue").stream()
                    .map(SearchResult.Hit::memory)
                    .filter(memory -> memory.text().contains("blue"))
                    .findFirst()
                    .orElseThrow();
            assertThat(blue.standing().supersededBy()).isNull();
            ChatRequest last = model.requests().getLast();
            assertThat(last.messages().getFirst().text()).doesNotContain("red");
            assertThat(last.messages().getLast().text().lines().filter(line -> line.contains("red now")))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).startsWith("- ").contains("Aria: \""));
        }
    }

    @Test
    void pinnedMemoriesAreListedAndStayPinned() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            for (int i = 0; i < 5; i++) {
                house.say(relationship, "Fact number " + i + " of my life.");
            }
            Memory third = search(house, relationship, "Fact number 2").stream()
                    .map(SearchResult.Hit::memory)
                    .filter(memory -> memory.text().contains("2"))
                    .findFirst()
                    .orElseThrow();
            assertThat(house.engine
                            .memories()
                            .change(third.id(), null, true)
                            .standing()
                            .pinned())
                    .isTrue();
            house.restart();
            MemoryFilter pinned = new MemoryFilter("episodic", true, null);
            assertThat(house.engine
                            .memories()
                            .list(relationship, pinned, 10, null)
                            .data())
                    .extracting(Memory::id)
                    .containsExactly(third.id());
            var page = house.engine.memories().list(relationship, MemoryFilter.ALL, 2, null);
            assertThat(page.data())
                    .extracting(Memory::text)
                    .containsExactly("Fact number 4 of my life.", "Fact number 3 of my life.");
            assertThat(house.engine
                            .memories()
                            .list(relationship, MemoryFilter.ALL, 9, page.nextCursor())
                            .data())
                    .hasSize(3);
            assertThat(house.engine
                            .memories()
                            .list(relationship, new MemoryFilter("semantic", null, null), 9, null)
                            .data())
                    .isEmpty();
            assertThat(house.engine
                            .memories()
                            .change(third.id(), null, false)
                            .standing()
                            .pinned())
                    .isFalse();
        }
    }

    /** Two days and so much talk later that nothing said before is in the prompt's history. */
    private static void later(House house, String relationship) {
        for (int i = 0; i < 4; i++) {
            house.say(relationship, "The weather report number " + i + " was dull.");
        }
        house.clock.advance(Duration.ofDays(2));
    }

    private static List<SearchResult.Hit> search(House house, String relationship, String query) {
        return house.engine
                .memories()
                .search(relationship, new SearchRequest(query, 10, null, null))
                .hits();
    }
}
