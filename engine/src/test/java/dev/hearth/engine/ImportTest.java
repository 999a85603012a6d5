package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.export.ExportEntry;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.ImportResult;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.spi.StoreException;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Imports and exports. */
class ImportTest {

    private static final Instant START = Instant.parse("2025-03-01T10:00:00Z");

    @Test
    void anImportIsSearchableInOrderAndTakenOnce() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            List<Imported> messages = history(500);

            ImportResult first = house.engine.relationships().importMessages(relationship, messages);
            ImportResult again = house.engine.relationships().importMessages(relationship, messages);

            assertThat(first).isEqualTo(new ImportResult(500, 0));
            assertThat(again).isEqualTo(new ImportResult(0, 500));
            assertThat(house.engine.relationships().get(relationship).memories())
                    .isEqualTo(500);
            SearchResult found = house.engine
                    .memories()
                    .search(relationship, new SearchRequest("What about topic number 321?", 5, null, null));
            assertThat(found.hits().getFirst().memory().sourceExternalIds()).containsExactly("m-321");
            assertThat(found.hits().getFirst().memory().speaker()).isEqualTo("Melanie");
            assertThat(found.degraded()).isEmpty();
            assertThat(all(house, relationship, true))
                    .containsExactlyElementsOf(
                            messages.stream().map(Imported::text).toList());
            assertThat(all(house, relationship, false))
                    .containsExactlyElementsOf(
                            messages.stream().map(Imported::text).toList().reversed());
            house.restart();
            assertThat(house.engine
                            .relationships()
                            .importMessages(relationship, messages)
                            .duplicates())
                    .isEqualTo(500);
        }
    }

    @Test
    void anImportThatIsCutOffIsContinuedBySendingItAgain() {
        FaultyWarmStore[] faulty = new FaultyWarmStore[1];
        try (House house = new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("Yes.")),
                store -> faulty[0] = new FaultyWarmStore(store))) {
            String relationship = house.relationship("anna");
            faulty[0].onWrites(
                    new FaultyWarmStore.Fault.None(),
                    new FaultyWarmStore.Fault.None(),
                    new FaultyWarmStore.Fault.Before(StoreException.Kind.FULL));
            assertThatThrownBy(() -> house.engine.relationships().importMessages(relationship, history(400)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("disk is full");

            ImportResult rest = house.engine.relationships().importMessages(relationship, history(400));

            assertThat(rest.imported() + rest.duplicates()).isEqualTo(400);
            assertThat(rest.duplicates()).isPositive();
            assertThat(all(house, relationship, true))
                    .containsExactlyElementsOf(
                            history(400).stream().map(Imported::text).toList());
        }
    }

    @Test
    void aForgottenImportDoesNotComeBack() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.engine.relationships().importMessages(relationship, history(100));
            String memory = house.engine
                    .memories()
                    .search(relationship, new SearchRequest("topic number 42", 1, null, null))
                    .hits()
                    .getFirst()
                    .memory()
                    .id();
            house.engine.memories().delete(memory);
            assertThat(house.engine
                            .relationships()
                            .importMessages(relationship, history(100))
                            .imported())
                    .isZero();
            house.restart();
            assertThat(house.engine
                            .relationships()
                            .importMessages(relationship, history(100))
                            .imported())
                    .isZero();
            assertThat(all(house, relationship, true)).hasSize(99).doesNotContain("We spoke of topic number 42.");
        }
    }

    @Test
    void anExportHoldsEverything() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.engine.relationships().importMessages(relationship, history(30));
            house.say(relationship, "And now live.");
            List<ExportEntry> entries = new ArrayList<>();
            house.engine.exports().export("anna", entries::add);
            assertThat(entries).filteredOn(ExportEntry.OfUser.class::isInstance).hasSize(1);
            assertThat(entries)
                    .filteredOn(ExportEntry.OfRelationship.class::isInstance)
                    .hasSize(1);
            assertThat(entries)
                    .filteredOn(ExportEntry.OfMessage.class::isInstance)
                    .hasSize(32);
            assertThat(entries).filteredOn(ExportEntry.OfTurn.class::isInstance).hasSize(1);
        }
    }

    private static List<Imported> history(int count) {
        List<Imported> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(new Imported(
                    "m-" + i,
                    i % 2 == 0 ? Message.Role.USER : Message.Role.COMPANION,
                    i % 2 == 0 ? "Caroline" : "Melanie",
                    "s-" + i / 20,
                    "We spoke of topic number " + i + ".",
                    START.plus(Duration.ofMinutes(i))));
        }
        return messages;
    }

    private static List<String> all(House house, String relationship, boolean ascending) {
        List<String> texts = new ArrayList<>();
        String cursor = null;
        do {
            var page = house.engine.relationships().messages(relationship, 37, cursor, ascending);
            page.data().forEach(message -> texts.add(message.text()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return texts;
    }
}
