package dev.hearth.engine;

import static dev.hearth.engine.LongHistory.exported;
import static dev.hearth.engine.LongHistory.partition;

import dev.hearth.engine.export.ExportEntry;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.engine.turn.TurnTrace;
import dev.hearth.spi.Deadline;
import dev.hearth.testkit.FaultyColdStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the tests of tiering share. */
final class TieringFixture {

    /** So long after it was said, what does not matter is put away. */
    static final Duration LONG = Duration.ofDays(91);

    static final LongHistory TOPICS = new LongHistory(
            "Topic number %d was on the table.", List.of("topic number 7", "topic number 42", "topic number 599"));

    private TieringFixture() {}

    /** Opens the house on a cold store that can fail, with nothing in the hot one. */
    static FaultyColdStore cold(House house) {
        FaultyColdStore faulty = new FaultyColdStore(house.cold);
        house.cold = faulty;
        house.restart();
        // What the hot store has would be read from there.
        house.hot.loseEverything();
        return faulty;
    }

    /** All that can be read, by every way there is. */
    static List<String> everything(House house, String relationship) {
        List<String> read = TOPICS.everything(house, relationship);
        String cursor = null;
        do {
            var page = house.engine.memories().list(relationship, MemoryFilter.ALL, 100, cursor);
            page.data().forEach(memory -> read.add(memory.toString()));
            cursor = page.nextCursor();
        } while (cursor != null);
        house.engine.exports().export("anna", entry -> {
            if (entry instanceof ExportEntry.OfMessage || entry instanceof ExportEntry.OfMemory) {
                read.add(entry.toString());
            }
        });
        return read;
    }

    static Set<String> objects(House house, String relationship) {
        return new HashSet<>(
                house.cold.list(partition(relationship), "", Deadline.after(house.clock, Duration.ofSeconds(5))));
    }

    static TurnTrace trace(House house, TurnResult turn) {
        return house.engine.turns().trace(turn.turnId());
    }

    static List<String> recalled(House house, TurnResult turn) {
        return trace(house, turn).recalled().stream()
                .map(recalled ->
                        house.engine.memories().get(recalled.memoryId()).text())
                .toList();
    }

    static List<String> ids(House house) {
        return exported(house).stream().map(Message::id).toList();
    }
}
