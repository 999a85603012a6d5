package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.export.ExportEntry;
import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.Storage;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.engine.turn.TurnTrace;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.Write;
import dev.hearth.testkit.FaultyColdStore;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.FaultyWarmStore.Fault;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ManualClock;
import dev.hearth.testkit.MemoryVectorIndex;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is old is put away, and nobody sees a difference but in where it lies. */
class TieringTest {

    private static final Instant START = Instant.parse("2025-03-01T10:00:00Z");
    private static final Duration LONG = Duration.ofDays(91);

    @Test
    void whatIsOldIsColdAndReadsAsItDidBefore() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            remember(house, relationship, 0, 600);
            List<String> before = everything(house, relationship);
            assertThat(house.engine.tiering().tidy(relationship)).isZero();
            Storage young = house.engine.storages().of(relationship);
            assertThat(young.cold().messages()).isZero();
            assertThat(young.warm().messages()).isEqualTo(600);

            house.clock.advance(LONG);
            assertThat(house.engine.tiering().tidy(relationship)).isPositive();

            Storage old = house.engine.storages().of(relationship);
            assertThat(old.cold().messages()).isEqualTo(600);
            assertThat(old.cold().records()).isEqualTo(3);
            assertThat(old.warm().messages()).isZero();
            assertThat(old.warm().bytes()).isLessThan(young.warm().bytes());
            assertThat(old.memory().messages()).isZero();
            assertThat(differences(before, everything(house, relationship))).isEmpty();
            house.restart();
            assertThat(differences(before, everything(house, relationship))).isEmpty();
            assertThat(house.engine.tiering().tidy(relationship)).isZero();

            remember(house, relationship, 600, 650);
            assertThat(house.engine
                            .relationships()
                            .importMessages(relationship, history(0, 600))
                            .duplicates())
                    .isEqualTo(600);
            List<String> later = everything(house, relationship);
            house.restart();
            assertThat(differences(later, everything(house, relationship))).isEmpty();
        }
    }

    @Test
    void whatMattersStaysWarm() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            remember(house, relationship, 0, 100);
            Memory sister = house.engine.memories().remember(relationship, "My sister is called Ida.", START, "sister");
            Memory pinned = search(house, relationship, "topic number 17 again")
                    .hits()
                    .getFirst()
                    .memory();
            house.engine.memories().change(pinned.id(), null, true);
            house.clock.advance(LONG);

            house.engine.tiering().tidy(relationship);

            Storage storage = house.engine.storages().of(relationship);
            assertThat(storage.cold().messages()).isGreaterThanOrEqualTo(100);
            assertThat(storage.warm().messages()).isEqualTo(2);
            FaultyColdStore cold = cold(house);
            assertThat(search(house, relationship, "Ida")
                            .hits()
                            .getFirst()
                            .memory()
                            .id())
                    .isEqualTo(sister.id());
            assertThat(search(house, relationship, "topic number 17 again")
                            .hits()
                            .getFirst()
                            .memory()
                            .id())
                    .isEqualTo(pinned.id());
            assertThat(cold.gets()).as("objects read").isLessThanOrEqualTo(1);
        }
    }

    @Test
    void whatIsUsedComesBack() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            remember(house, relationship, 0, 100);
            house.clock.advance(LONG);
            house.engine.tiering().tidy(relationship);
            assertThat(house.engine.storages().of(relationship).warm().messages())
                    .isZero();

            TurnResult turn = house.say(relationship, "Do you remember topic number 42?");
            assertThat(recalled(house, turn)).isNotEmpty();
            house.engine.tiering().tidy(relationship);

            Storage used = house.engine.storages().of(relationship);
            assertThat(used.warm().messages()).isGreaterThan(2);
            assertThat(used.cold().messages()).isEqualTo(100);
            assertThat(ids(house)).doesNotHaveDuplicates().hasSize(102);
            house.restart();
            assertThat(house.engine.storages().of(relationship).memory().messages())
                    .isBetween(1L, used.warm().messages());
        }
    }

    @Test
    void deletingTakesWhatIsColdToo() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            remember(house, relationship, 0, 100);
            house.clock.advance(LONG);
            house.engine.tiering().tidy(relationship);
            Memory memory = search(house, relationship, "topic number 42")
                    .hits()
                    .getFirst()
                    .memory();
            house.restart();
            long memories = house.engine.relationships().get(relationship).memories();

            house.engine.memories().delete(memory.id());

            assertThat(house.engine.relationships().get(relationship).memories())
                    .isEqualTo(memories - 1);
            assertThat(objects(house, relationship)).hasSize(1);
            for (int round = 0; round < 2; round++) {
                assertThat(everything(house, relationship)).noneMatch(line -> line.contains("number 42 "));
                house.restart();
            }
            Memory other = search(house, relationship, "topic number 43")
                    .hits()
                    .getFirst()
                    .memory();
            Memory corrected = house.engine.memories().correct(other.id(), "We never spoke about topic 43.");
            assertThat(everything(house, relationship)).noneMatch(line -> line.contains("number 43 "));
            assertThat(search(house, relationship, "topic 43")
                            .hits()
                            .getFirst()
                            .memory()
                            .id())
                    .isEqualTo(corrected.id());
            assertThat(house.engine.relationships().get(relationship).memories())
                    .isEqualTo(memories - 1);
        }
    }

    @Test
    void aProcessThatDiesBetweenAnyTwoStepsLosesAndDoublesNothing() {
        StoreException.Kind lost = StoreException.Kind.UNAVAILABLE;
        List<Fault> faults = List.of(new Fault.Before(lost), new Fault.After(lost));
        for (int seed = 0; seed < 24; seed++) {
            FaultyWarmStore[] warm = new FaultyWarmStore[1];
            try (House house = new House(
                    new ScriptedModel().otherwise(request -> ScriptedModel.say("I see.")),
                    store -> warm[0] = new FaultyWarmStore(store))) {
                String relationship = house.relationship("anna");
                remember(house, relationship, 0, 600);
                List<String> before = everything(house, relationship);
                house.clock.advance(LONG);
                house.engine.folding().fold(relationship);
                FaultyColdStore cold = cold(house);
                Fault fault = faults.get(seed % 2);
                boolean inCold = seed / 2 % 2 == 0;
                for (int calls = 0; calls < seed / 4; calls++) {
                    if (inCold) {
                        cold.onChanges(new Fault.None());
                    } else {
                        warm[0].onWrites(new Fault.None());
                    }
                }
                if (inCold) {
                    cold.onChanges(fault);
                } else {
                    warm[0].onWrites(fault);
                }
                try {
                    house.engine.tiering().tidy(relationship);
                } catch (Problem died) {
                    assertThat(died.code()).as("seed %d", seed).isNotNull();
                }
                assertThat(differences(before, everything(house, relationship)))
                        .as("seed %d", seed)
                        .isEmpty();
                cold.heal();
                warm[0].heal();
                // The same process goes on, long after: what a cut-off step put may be named by then.
                if (seed % 3 == 0) {
                    house.clock.advance(Duration.ofDays(2));
                    house.engine.tiering().tidy(relationship);
                    assertThat(differences(before, everything(house, relationship)))
                            .as("seed %d", seed)
                            .isEmpty();
                }
                house.restart();
                assertThat(differences(before, everything(house, relationship)))
                        .as("seed %d", seed)
                        .isEmpty();
                house.clock.advance(Duration.ofDays(2));
                house.engine.tiering().tidy(relationship);
                assertThat(differences(before, everything(house, relationship)))
                        .as("seed %d", seed)
                        .isEmpty();
                assertThat(objects(house, relationship)).as("seed %d", seed).hasSize(3);
                assertThat(house.engine.storages().of(relationship).cold().messages())
                        .as("seed %d", seed)
                        .isEqualTo(600);
            }
        }
    }

    @Test
    void whatWasPutAwayIsNoOrphanThoughTheLookForOrphansFailed() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            remember(house, relationship, 0, 600);
            FaultyColdStore cold = cold(house);
            List<String> before = everything(house, relationship);
            house.clock.advance(LONG);
            cold.onReads(new Fault.Before(StoreException.Kind.UNAVAILABLE));
            try {
                house.engine.tiering().tidy(relationship);
            } catch (Problem met) {
                // Or the tidying in the background met it.
                assertThat(met.code()).isNotNull();
            }
            cold.heal();
            house.engine.tiering().tidy(relationship);
            assertThat(objects(house, relationship)).hasSize(3);

            house.clock.advance(Duration.ofHours(2));
            house.engine.tiering().tidy(relationship);

            assertThat(objects(house, relationship)).hasSize(3);
            house.hot.loseEverything();
            assertThat(everything(house, relationship)).isEqualTo(before);
        }
    }

    @Test
    void whatWasPutAwayIsNoOrphanThoughTheClockIsSetMeanwhile() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            remember(house, relationship, 0, 600);
            List<String> before = everything(house, relationship);
            house.clock.advance(LONG);
            house.engine.folding().fold(relationship);
            house.cold = new SettingColdStore(house.cold, house.clock);
            house.restart();

            house.engine.tiering().tidy(relationship);

            assertThat(objects(house, relationship)).hasSize(3);
            house.hot.loseEverything();
            assertThat(everything(house, relationship)).isEqualTo(before);
        }
    }

    @Test
    void aProcessThatDiesWhileItErasesShowsNothingOfIt() {
        StoreException.Kind lost = StoreException.Kind.UNAVAILABLE;
        for (int seed = 0; seed < 4; seed++) {
            try (House house = new House()) {
                String relationship = house.relationship("anna");
                remember(house, relationship, 0, 100);
                house.clock.advance(LONG);
                house.engine.tiering().tidy(relationship);
                FaultyColdStore cold = cold(house);
                Memory memory = search(house, relationship, "topic number 42")
                        .hits()
                        .getFirst()
                        .memory();
                for (int calls = 0; calls < seed / 2; calls++) {
                    cold.onChanges(new Fault.None());
                }
                cold.onChanges(seed % 2 == 0 ? new Fault.Before(lost) : new Fault.After(lost));
                boolean deleted = true;
                try {
                    house.engine.memories().delete(memory.id());
                } catch (Problem died) {
                    deleted = false;
                }
                house.restart();
                if (deleted) {
                    assertThat(everything(house, relationship))
                            .as("seed %d", seed)
                            .noneMatch(line -> line.contains("number 42 "));
                } else {
                    house.engine.memories().delete(memory.id());
                }
                house.clock.advance(Duration.ofDays(2));
                house.engine.tiering().tidy(relationship);
                house.engine.tiering().tidy(relationship);
                assertThat(objects(house, relationship)).as("seed %d", seed).hasSize(1);
                assertThat(everything(house, relationship))
                        .as("seed %d", seed)
                        .noneMatch(line -> line.contains("number 42 "));
            }
        }
    }

    @Test
    void whatIsLateIsToldInTheNextTurn() throws Exception {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            remember(house, relationship, 0, 100);
            house.clock.advance(LONG);
            house.engine.tiering().tidy(relationship);
            FaultyColdStore cold = cold(house);
            Gate gate = new Gate();
            cold.onReads(new Fault.Held(gate));

            TurnResult first = house.say(relationship, "Do you remember topic number 42?");

            assertThat(first.degraded()).contains("recall.cold");
            assertThat(trace(house, first).carriedOver()).isEmpty();
            gate.open();
            TurnTrace second = trace(house, house.say(relationship, "Well, never mind."));
            for (int tries = 0; tries < 100 && second.carriedOver().isEmpty(); tries++) {
                // What was late is on its way: each turn asks whether it has come.
                second = trace(house, house.say(relationship, "Well, never mind."));
            }
            assertThat(second.carriedOver()).isNotEmpty();
            assertThat(second.recalled().stream().map(TurnTrace.Recalled::memoryId))
                    .containsAll(second.carriedOver());
            String carried = second.carriedOver().getFirst();
            assertThat(house.engine.memories().get(carried).text()).isEqualTo("Topic number 42 was on the table.");
        }
    }

    @Test
    void withoutTheColdStoreTurnsGoOn() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            remember(house, relationship, 0, 100);
            house.engine.memories().remember(relationship, "My sister is called Ida.", START, null);
            house.clock.advance(LONG);
            house.engine.tiering().tidy(relationship);
            cold(house).onEveryGet(new Fault.Before(StoreException.Kind.UNAVAILABLE));

            TurnResult turn = house.say(relationship, "Do you remember topic number 42?");

            assertThat(turn.degraded()).contains("recall.cold");
            assertThat(recalled(house, turn)).isNotNull();
        }
    }

    @Test
    void anIndexOutsideTheNodeTellsWhichSegmentIsWorthFetching() {
        try (House house = new House()) {
            MemoryVectorIndex vectors = new MemoryVectorIndex(64);
            house.vectors = vectors;
            house.restart();
            String relationship = house.relationship("anna");
            Partition partition = new Partition(relationship.substring(4, 30));
            remember(house, relationship, 0, 100);
            house.clock.advance(LONG);
            house.engine.tiering().tidy(relationship);
            Deadline deadline = Deadline.after(house.clock, Duration.ofSeconds(60));
            long put = vectors.count(partition, deadline);
            assertThat(put).isGreaterThanOrEqualTo(24);

            Memory memory = search(house, relationship, "Topic number 42 was on the table.")
                    .hits()
                    .getFirst()
                    .memory();
            assertThat(memory.text()).isEqualTo("Topic number 42 was on the table.");
            house.engine.memories().delete(memory.id());
            assertThat(vectors.count(partition, deadline)).isLessThan(put);
            house.engine.relationships().delete(relationship);
            assertThat(vectors.count(partition, deadline)).isZero();
        }
    }

    @Test
    void anEntryThatWasRestoredFromABackupFindsWhatTookItsObjectsPlace() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            Partition partition = new Partition(relationship.substring(4, 30));
            remember(house, relationship, 0, 24);
            house.clock.advance(LONG);
            house.engine.tiering().tidy(relationship);
            List<Item> backup = house.memory.range(
                    partition, new Range(" ", "~", 1_000, false), Deadline.after(house.clock, Duration.ofSeconds(9)));
            Memory memory = search(house, relationship, "topic number 7")
                    .hits()
                    .getFirst()
                    .memory();
            house.engine.memories().delete(memory.id());
            house.engine.close();
            house.memory.drop(partition, Deadline.after(house.clock, Duration.ofSeconds(9)));
            for (Item item : backup) {
                house.memory.write(
                        partition,
                        new Write(
                                List.of(),
                                List.of(new Write.Operation.Put(item.key(), item.revision(), item.value(), null))),
                        Deadline.after(house.clock, Duration.ofSeconds(9)));
            }
            house.hot.loseEverything();
            house.engine = house.open();
            house.clock.advance(Duration.ofDays(3));
            for (int round = 0; round < 2; round++) {
                assertThat(ids(house)).hasSize(23).doesNotContain(memory.id());
                house.engine.tiering().tidy(relationship);
            }
        }
    }

    @Test
    void theSweepFindsWhatNobodyUses() {
        try (House house = new House()) {
            List<String> relationships = new ArrayList<>();
            for (String user : List.of("anna", "ben", "cleo")) {
                String relationship = house.relationship(user);
                remember(house, relationship, 0, 50);
                relationships.add(relationship);
            }
            assertThat(house.engine.tiering().sweep()).isZero();
            house.clock.advance(LONG);
            house.restart();

            assertThat(house.engine.tiering().sweep()).isPositive();

            for (String relationship : relationships) {
                assertThat(house.engine.storages().of(relationship).cold().messages())
                        .isEqualTo(50);
            }
            assertThat(house.engine.tiering().sweep()).isZero();
        }
    }

    @Test
    void deletingTheRelationshipLeavesNoObject() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            remember(house, relationship, 0, 100);
            house.clock.advance(LONG);
            house.engine.tiering().tidy(relationship);
            assertThat(objects(house, relationship)).hasSize(1);

            house.engine.relationships().delete(relationship);

            assertThat(objects(house, relationship)).isEmpty();
        }
    }

    /** Three hours pass with each object that is put. */
    private record SettingColdStore(ColdStore store, ManualClock clock) implements ColdStore {
        @Override
        public boolean putIfAbsent(Partition partition, String name, byte[] bytes, Deadline deadline) {
            boolean put = store.putIfAbsent(partition, name, bytes, deadline);
            clock.advance(Duration.ofHours(3));
            return put;
        }

        @Override
        public byte @Nullable [] get(Partition partition, String name, Deadline deadline) {
            return store.get(partition, name, deadline);
        }

        @Override
        public List<String> list(Partition partition, String prefix, Deadline deadline) {
            return store.list(partition, prefix, deadline);
        }

        @Override
        public void delete(Partition partition, String name, Deadline deadline) {
            store.delete(partition, name, deadline);
        }

        @Override
        public Removal drop(Partition partition, Deadline deadline) {
            return store.drop(partition, deadline);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private static FaultyColdStore cold(House house) {
        FaultyColdStore faulty = new FaultyColdStore(house.cold);
        house.cold = faulty;
        house.restart();
        // What the hot store has would be read from there.
        house.hot.loseEverything();
        return faulty;
    }

    private static void remember(House house, String relationship, int from, int to) {
        house.engine.relationships().importMessages(relationship, history(from, to));
    }

    private static List<Imported> history(int from, int to) {
        List<Imported> messages = new ArrayList<>();
        for (int i = from; i < to; i++) {
            messages.add(new Imported(
                    "m-" + i,
                    i % 2 == 0 ? Message.Role.USER : Message.Role.COMPANION,
                    i % 2 == 0 ? "Melanie" : null,
                    null,
                    "Topic number " + i + " was on the table.",
                    START.plusSeconds(60L * i)));
        }
        return messages;
    }

    private static SearchResult search(House house, String relationship, String query) {
        return house.engine.memories().search(relationship, new SearchRequest(query, 10, null, null));
    }

    private static TurnTrace trace(House house, TurnResult turn) {
        return house.engine.turns().trace(turn.turnId());
    }

    private static List<String> recalled(House house, TurnResult turn) {
        return trace(house, turn).recalled().stream()
                .map(recalled ->
                        house.engine.memories().get(recalled.memoryId()).text())
                .toList();
    }

    private static List<String> ids(House house) {
        List<String> ids = new ArrayList<>();
        house.engine.exports().export("anna", entry -> {
            if (entry instanceof ExportEntry.OfMessage message) {
                ids.add(message.message().id());
            }
        });
        return ids;
    }

    private static Set<String> objects(House house, String relationship) {
        return new HashSet<>(house.cold.list(
                new Partition(relationship.substring(4, 30)), "", Deadline.after(house.clock, Duration.ofSeconds(5))));
    }

    /** Where two lists of what can be read differ, in a line each. */
    private static List<String> differences(List<String> before, List<String> now) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
            String one = i < before.size() ? before.get(i) : "nothing";
            String other = i < now.size() ? now.get(i) : "nothing";
            if (!one.equals(other) && differences.size() < 6) {
                differences.add(i + ": " + one + " -> " + other);
            }
        }
        return differences;
    }

    /** All that can be read, by every way there is. */
    private static List<String> everything(House house, String relationship) {
        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            var page = house.engine.relationships().messages(relationship, 37, cursor, true);
            page.data().forEach(message -> read.add(message.toString()));
            cursor = page.nextCursor();
        } while (cursor != null);
        List<String> back = new ArrayList<>();
        do {
            var page = house.engine.relationships().messages(relationship, 200, cursor, false);
            page.data().forEach(message -> back.add(message.toString()));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(back.reversed()).isEqualTo(read);
        do {
            var page = house.engine.memories().list(relationship, MemoryFilter.ALL, 100, cursor);
            page.data().forEach(memory -> read.add(memory.toString()));
            cursor = page.nextCursor();
        } while (cursor != null);
        for (String query : List.of("topic number 7", "topic number 42", "topic number 599")) {
            search(house, relationship, query).hits().stream()
                    .findFirst()
                    .ifPresent(hit -> read.add(hit.memory().toString()));
        }
        house.engine.exports().export("anna", entry -> {
            switch (entry) {
                case ExportEntry.OfMessage message -> read.add(message.toString());
                case ExportEntry.OfMemory memory -> read.add(memory.toString());
                default -> {}
            }
        });
        return read;
    }
}
