package dev.hearth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A numbered history in one partition: write n puts the item n and moves the item {@code last} from n - 1 to n. */
final class Warm {

    private Warm() {}

    static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(30));
    }

    static WriteOutcome writeNumber(WarmStore store, Partition partition, int number) {
        Write.Condition condition =
                number == 1 ? new Write.Condition.Absent("last") : new Write.Condition.RevisionIs("last", number - 1);
        return store.write(
                partition,
                new Write(
                        List.of(condition),
                        List.of(
                                new Write.Operation.Put(key(number), number, content(number), null),
                                new Write.Operation.Put("last", number, content(number), null))),
                soon());
    }

    static void writeNumbers(WarmStore store, Partition partition, int from, int to) {
        for (int number = from; number <= to; number++) {
            assertThat(writeNumber(store, partition, number)).isEqualTo(new WriteOutcome.Written());
        }
    }

    /** How long the history is; fails where it has a gap, a half write or a wrong byte. */
    static int length(WarmStore store, Partition partition) {
        List<Item> items = store.range(partition, Range.prefix("n/", 1_000_000), soon());
        for (int i = 0; i < items.size(); i++) {
            assertThat(items.get(i).key()).isEqualTo(key(i + 1));
            assertThat(items.get(i).value()).isEqualTo(content(i + 1));
        }
        if (!items.isEmpty()) {
            Item last = Objects.requireNonNull(store.get(partition, "last", soon()));
            assertThat(last.revision()).isEqualTo(items.size());
        }
        return items.size();
    }

    static Path file(Path dataFolder, Partition partition) throws IOException {
        try (Stream<Path> files = Files.walk(dataFolder.resolve("warm"))) {
            return files.filter(file -> file.endsWith(partition.name() + ".db"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static Path log(Path dataFolder, Partition partition) throws IOException {
        Path file = file(dataFolder, partition);
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** What a kill at this moment would leave. */
    static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.endsWith("lock")) {
                    Files.copy(file, target);
                }
            }
        }
    }

    static void assertRefused(StoreException.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    private static String key(int number) {
        String digits = Integer.toString(number);
        return "n/" + "0".repeat(8 - digits.length()) + digits;
    }

    private static byte[] content(int number) {
        return ("content of " + number + "; ").repeat(1 + number % 60).getBytes(StandardCharsets.US_ASCII);
    }
}
