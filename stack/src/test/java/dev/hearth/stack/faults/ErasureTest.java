package dev.hearth.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.partition.Receipt;
import dev.hearth.engine.partition.UserProfile;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.VectorIndex;
import dev.hearth.testkit.HashEmbedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left of a user who was erased: two lines of the ledger, and nothing else in any store. */
final class ErasureTest {

    static final String MARKER = "Quittenbaum";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static RealHouse house;

    @BeforeAll
    static void open() throws Exception {
        house = new RealHouse();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    /** Of whom something is in every store. */
    record Person(String user, String relationship, Partition partition, long key) {

        /** Whatever would tell of this person. */
        List<byte[]> traces() {
            return List.of(
                    Scan.bytes(MARKER),
                    Scan.bytes(user),
                    Scan.bytes("Topic number"),
                    Scan.bytes(partition.name()),
                    Scan.bytes(key));
        }
    }

    static Person inEveryStore(RealHouse house, String user, Node one, Node two) throws Exception {
        String relationship = house.withCold(user, 80);
        one.engine.users().put(user, new UserProfile(MARKER, "Europe/Paris", "fr", null, null, null, null));
        one.say(relationship, "My " + MARKER + " is called Rex. Do you remember topic number 42?", null);
        two.say(relationship, "And what about topic number 17 and the " + MARKER + "?", null);
        Memory pinned = two.memory(relationship, "Topic number 18 was on the table.");
        two.engine.memories().change(pinned.id(), null, true);
        one.first(relationship, "topic number 42");
        Partition partition = Node.partition(relationship);
        float[] vector = new HashEmbedder()
                .embed(List.of("My " + MARKER), Deadline.after(house.clock, SOON))
                .getFirst()
                .getFirst();
        house.vectors.upsert(
                partition,
                relationship,
                List.of(new VectorIndex.Entry("m1", vector)),
                Deadline.after(house.clock, SOON));
        Person person = new Person(user, relationship, partition, keyOf(house, partition));
        Scan scan = awaitCopies(house, person);
        assertThat(scan.places(List.of(Scan.bytes(partition.name()))))
                .as("it is in every store")
                .anyMatch(place -> place.startsWith("warm "))
                .anyMatch(place -> place.startsWith("keys "))
                .anyMatch(place -> place.startsWith("hot ") && place.contains("copy/"))
                .anyMatch(place -> place.startsWith("hot ") && place.contains("m/"))
                .anyMatch(place -> place.startsWith("cold "));
        assertThat(scan.places(List.of(Scan.bytes(MARKER), Scan.bytes("Topic number"), Scan.bytes(user))))
                .as("nothing that was said is readable")
                .isEmpty();
        assertThat(scan.places(List.of(Scan.bytes(person.key()))).stream()
                        .map(place -> place.substring(0, place.indexOf(' ')))
                        .collect(Collectors.toSet()))
                .as("what its key sealed")
                .contains("warm", "hot", "cold");
        return person;
    }

    /** Copies are written in a moment, off everybody's path. */
    private static Scan awaitCopies(RealHouse house, Person person) {
        Scan scan = Scan.of(house);
        while (scan.places(List.of(Scan.bytes(person.partition().name()))).stream()
                .noneMatch(place -> place.contains("copy/"))) {
            scan = Scan.of(house);
        }
        return scan;
    }

    static long keyOf(RealHouse house, Partition partition) {
        return house.keyOf(partition);
    }

    @Test
    void nothingIsLeftButTwoLinesOfTheLedger() throws Exception {
        try (Node one = house.open();
                Node two = house.open()) {
            Person anna = inEveryStore(house, "anna-" + MARKER, one, two);
            Scan before = Scan.of(house);

            Receipt receipt = one.engine.users().erase(anna.user());

            assertNothingLeft(Scan.of(house), anna, receipt, 2);
            assertThat(house.vectors.count(anna.partition(), Deadline.after(house.clock, SOON)))
                    .isZero();
            List<Receipt.StoreLine> lines = receipt.stores();
            assertThat(receipt.verified()).isTrue();
            assertThat(lines.stream().map(Receipt.StoreLine::store))
                    .containsExactly("keys", "memory", "hot", "warm", "cold", "vectors");
            assertThat(lines).allSatisfy(line -> {
                assertThat(line.removed()).as(line.store()).isPositive();
                assertThat(line.cryptoShredded())
                        .as(line.store())
                        .isEqualTo(!line.store().equals("vectors"));
            });
            assertThat(removed(lines, "cold")).isEqualTo(1);
            assertThat(removed(lines, "keys")).isEqualTo(1);
            assertThat(removed(lines, "warm"))
                    .isEqualTo(before
                            .places(List.of(Scan.bytes("p=" + anna.partition().name())))
                            .stream()
                            .filter(place -> place.startsWith("warm "))
                            .count());
        }
    }

    private static long removed(List<Receipt.StoreLine> lines, String store) {
        return lines.stream()
                .filter(line -> line.store().equals(store))
                .mapToLong(Receipt.StoreLine::removed)
                .sum();
    }

    /**
     * Nothing of a person is anywhere but in the ledger.
     *
     * @param lines how many lines of the ledger there are of this erasure
     */
    static void assertNothingLeft(Scan scan, Person person, Receipt receipt, int lines) {
        List<String> left = new ArrayList<>(scan.places(person.traces()));
        List<String> ledger =
                left.stream().filter(place -> place.startsWith("keys ")).toList();
        left.removeAll(ledger);
        assertThat(left).as("what is left outside the ledger").isEmpty();
        // A line has the erasure's id, the partition's opaque name, the id of the key that is gone, a time and a step.
        assertThat(scan.places(List.of(Scan.bytes(receipt.id()))))
                .hasSize(lines)
                .containsExactlyElementsOf(ledger);
        List<byte[]> words = person.traces().subList(0, 3);
        assertThat(scan.places(words)).as("no word of the person's is anywhere").isEmpty();
    }
}
