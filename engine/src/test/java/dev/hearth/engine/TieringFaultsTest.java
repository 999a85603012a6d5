package dev.hearth.engine;

import static dev.hearth.engine.LongHistory.START;
import static dev.hearth.engine.LongHistory.differences;
import static dev.hearth.engine.LongHistory.partition;
import static dev.hearth.engine.LongHistory.search;
import static dev.hearth.engine.TieringFixture.LONG;
import static dev.hearth.engine.TieringFixture.TOPICS;
import static dev.hearth.engine.TieringFixture.cold;
import static dev.hearth.engine.TieringFixture.everything;
import static dev.hearth.engine.TieringFixture.ids;
import static dev.hearth.engine.TieringFixture.objects;
import static dev.hearth.engine.TieringFixture.recalled;
import static dev.hearth.engine.TieringFixture.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.problem.Problem;
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
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who puts away dies, or the cold store fails, is late or is set back: nothing is lost, doubled or shown again. */
class TieringFaultsTest {

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
                TOPICS.importInto(house, relationship, 0, 600);
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
    void aProcessThatDiesWhileItErasesShowsNothingOfIt() {
        StoreException.Kind lost = StoreException.Kind.UNAVAILABLE;
        for (int seed = 0; seed < 4; seed++) {
            try (House house = new House()) {
                String relationship = house.relationship("anna");
                TOPICS.importInto(house, relationship, 0, 100);
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
    void whatWasPutAwayIsNoOrphanThoughTheLookForOrphansFailed() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            TOPICS.importInto(house, relationship, 0, 600);
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
            TOPICS.importInto(house, relationship, 0, 600);
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

    @Test
    void anEntryThatWasRestoredFromABackupFindsWhatTookItsObjectsPlace() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            Partition partition = partition(relationship);
            TOPICS.importInto(house, relationship, 0, 24);
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
    void whatIsLateIsToldInTheNextTurn() throws Exception {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            TOPICS.importInto(house, relationship, 0, 100);
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
            TOPICS.importInto(house, relationship, 0, 100);
            house.engine.memories().remember(relationship, "My sister is called Ida.", START, null);
            house.clock.advance(LONG);
            house.engine.tiering().tidy(relationship);
            cold(house).onEveryGet(new Fault.Before(StoreException.Kind.UNAVAILABLE));

            TurnResult turn = house.say(relationship, "Do you remember topic number 42?");

            assertThat(turn.degraded()).contains("recall.cold");
            assertThat(recalled(house, turn)).isNotNull();
        }
    }
}
