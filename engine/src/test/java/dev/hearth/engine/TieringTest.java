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
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.relationship.Storage;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.testkit.FaultyColdStore;
import dev.hearth.testkit.MemoryVectorIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is old is put away, and nobody sees a difference but in where it lies. */
class TieringTest {

    @Test
    void whatIsOldIsColdAndReadsAsItDidBefore() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            TOPICS.importInto(house, relationship, 0, 600);
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

            TOPICS.importInto(house, relationship, 600, 650);
            assertThat(house.engine
                            .relationships()
                            .importMessages(relationship, TOPICS.between(0, 600))
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
            TOPICS.importInto(house, relationship, 0, 100);
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
            TOPICS.importInto(house, relationship, 0, 100);
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
            TOPICS.importInto(house, relationship, 0, 100);
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
    void deletingTheRelationshipLeavesNoObject() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            TOPICS.importInto(house, relationship, 0, 100);
            house.clock.advance(LONG);
            house.engine.tiering().tidy(relationship);
            assertThat(objects(house, relationship)).hasSize(1);

            house.engine.relationships().delete(relationship);

            assertThat(objects(house, relationship)).isEmpty();
        }
    }

    @Test
    void anIndexOutsideTheNodeTellsWhichSegmentIsWorthFetching() {
        try (House house = new House()) {
            MemoryVectorIndex vectors = new MemoryVectorIndex(64);
            house.vectors = vectors;
            house.restart();
            String relationship = house.relationship("anna");
            Partition partition = partition(relationship);
            TOPICS.importInto(house, relationship, 0, 100);
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
    void theSweepFindsWhatNobodyUses() {
        try (House house = new House()) {
            List<String> relationships = new ArrayList<>();
            for (String user : List.of("anna", "ben", "cleo")) {
                String relationship = house.relationship(user);
                TOPICS.importInto(house, relationship, 0, 50);
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
}
