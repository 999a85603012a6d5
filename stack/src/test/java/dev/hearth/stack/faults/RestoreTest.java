package dev.hearth.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.partition.Receipt;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.store.dynamodb.DynamoTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A backup of the data, restored as docs/operations.md has it, brings nobody back who was erased since. */
final class RestoreTest {

    @Test
    void whoWasErasedAfterTheBackupStaysErased() throws Exception {
        try (RealHouse house = new RealHouse()) {
            Person anna;
            Person ben;
            Backup backup;
            Receipt receipt;
            List<String> before;
            try (Node one = house.open();
                    Node two = house.open()) {
                anna = Person.inEveryStore(house, "anna-" + Person.MARKER, one, two);
                ben = Person.inEveryStore(house, "ben", one, two);
                before = one.exported("ben");
                backup = Backup.of(house);
                receipt = one.engine.users().erase(anna.user());
            }
            backup.restore("restored");
            assertThat(Scan.of(house).places(List.of(Scan.bytes(anna.key()))))
                    .as("the backup has brought back what was erased")
                    .anyMatch(place -> place.startsWith("warm "))
                    .anyMatch(place -> place.startsWith("cold "));

            try (Node restored = house.open()) {
                assertGone(house, restored, anna, receipt, 4);
                assertThat(restored.exported("ben")).isEqualTo(before);
                assertThat(restored.first(ben.relationship(), "topic number 42"))
                        .isEqualTo("Topic number 42 was on the table.");
            }
            try (Node again = house.open()) {
                // Nothing came back since: the replay has nothing to do.
                assertGone(house, again, anna, receipt, 4);
            }
        }
    }

    @Test
    void whoCameBackAfterTheErasureIsWhoTheyAreNow() throws Exception {
        try (RealHouse house = new RealHouse()) {
            Person anna;
            Backup backup;
            try (Node one = house.open();
                    Node two = house.open()) {
                anna = Person.inEveryStore(house, "anna", one, two);
                backup = Backup.of(house);
                Receipt ignored = one.engine.users().erase(anna.user());
                String again =
                        one.engine.relationships().ensure("aria", anna.user()).id();
                one.say(again, "My cat is called Tom.", null);
            }
            backup.restore("restored");
            try (Node restored = house.open()) {
                // Events that have ended are no store's to give any more; DynamoDB drops them by its time to live.
                assertThat(Scan.of(house).places(List.of(Scan.bytes(anna.key()))))
                        .as("what the destroyed key sealed")
                        .allMatch(place -> place.startsWith("warm ") && place.contains("/e/"));
                // What she said since the backup is lost with it; she can go on all the same.
                String again = restored.engine
                        .relationships()
                        .ensure("aria", anna.user())
                        .id();
                assertThat(again).isNotEqualTo(anna.relationship());
                restored.say(again, "My cat is called Tom, as I said.", null);
                assertThat(restored.exported(anna.user()))
                        .containsExactly("My cat is called Tom, as I said.", "I see.");
            }
        }
    }

    @Test
    void whereTheBucketAloneIsRestoredNothingComesBackEither() throws Exception {
        try (RealHouse house = new RealHouse()) {
            Person anna;
            Backup backup;
            Receipt receipt;
            try (Node one = house.open();
                    Node two = house.open()) {
                anna = Person.inEveryStore(house, "anna", one, two);
                backup = Backup.of(house);
                receipt = one.engine.users().erase(anna.user());
            }
            backup.restoreObjects();
            try (Node restored = house.open()) {
                assertGone(house, restored, anna, receipt, 4);
            }
        }
    }

    private static void assertGone(RealHouse house, Node node, Person person, Receipt receipt, int lines) {
        person.assertNothingLeft(Scan.of(house), receipt, lines);
        assertThatThrownBy(() -> node.exported(person.user()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.NOT_FOUND));
        assertThatThrownBy(() -> node.say(person.relationship(), "Do you know me?", null))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.NOT_FOUND));
    }

    /** The data table's items and the bucket's files at one moment; neither keys nor ledger. */
    private record Backup(RealHouse house, List<Map<String, AttributeValue>> items, Map<Path, Path> files) {

        static Backup of(RealHouse house) throws IOException {
            List<Map<String, AttributeValue>> items;
            try (DynamoDbClient client = Scan.client(house.direct(house.table()))) {
                items =
                        client
                                .scanPaginator(request ->
                                        request.tableName(house.table()).consistentRead(true))
                                .items()
                                .stream()
                                .map(Map::copyOf)
                                .toList();
            }
            Path bucket = house.servers.objects().resolve(house.name);
            Map<Path, Path> files = new TreeMap<>();
            Path aside = Files.createTempDirectory(house.servers.objects().getParent(), "backup");
            try (Stream<Path> walked = Files.walk(bucket)) {
                for (Path file : walked.filter(Files::isRegularFile).toList()) {
                    Path copy = aside.resolve(bucket.relativize(file).toString().replace('/', '_'));
                    // What is beside the bytes belongs to the object.
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                    files.put(file, copy);
                }
            }
            return new Backup(house, items, files);
        }

        /** As DynamoDB does it: into a new table. */
        void restore(String suffix) throws IOException {
            String table = house.name + "-" + suffix;
            DynamoTables.create(house.direct(table));
            try (DynamoDbClient client = Scan.client(house.direct(table))) {
                items.forEach(item ->
                        client.putItem(request -> request.tableName(table).item(item)));
            }
            house.use(table);
            restoreObjects();
        }

        void restoreObjects() throws IOException {
            for (Map.Entry<Path, Path> file : files.entrySet()) {
                Files.createDirectories(file.getKey().getParent());
                Files.copy(
                        file.getValue(),
                        file.getKey(),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
