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

/** Of whom something is in every store. */
record Person(String user, String relationship, Partition partition, long key) {

    static final String MARKER = "Quittenbaum";
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Who has told two nodes of this and that, after so much was put away that it is in every store. */
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
        Person person = new Person(user, relationship, partition, house.keyOf(partition));
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

    /** Whatever would tell of this person. */
    private List<byte[]> traces() {
        return List.of(
                Scan.bytes(MARKER),
                Scan.bytes(user),
                Scan.bytes("Topic number"),
                Scan.bytes(partition.name()),
                Scan.bytes(key));
    }

    /**
     * Nothing of this person is anywhere but in the ledger.
     *
     * @param lines how many lines of the ledger there are of this erasure
     */
    void assertNothingLeft(Scan scan, Receipt receipt, int lines) {
        List<String> left = new ArrayList<>(scan.places(traces()));
        List<String> ledger =
                left.stream().filter(place -> place.startsWith("keys ")).toList();
        left.removeAll(ledger);
        assertThat(left).as("what is left outside the ledger").isEmpty();
        // A line has the erasure's id, the partition's opaque name, the id of the key that is gone, a time and a step.
        assertThat(scan.places(List.of(Scan.bytes(receipt.id()))))
                .hasSize(lines)
                .containsExactlyElementsOf(ledger);
        List<byte[]> words = traces().subList(0, 3);
        assertThat(scan.places(words)).as("no word of the person's is anywhere").isEmpty();
    }
}
