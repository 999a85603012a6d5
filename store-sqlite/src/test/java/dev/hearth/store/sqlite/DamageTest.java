package dev.hearth.store.sqlite;

import static dev.hearth.store.sqlite.Warm.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

/** What a crash, and worse than a crash, does to files. The folder of a live store is copied, as a kill would leave it. */
final class DamageTest {

    private static final Partition HURT = new Partition("hurt0");
    private static final Partition WELL = new Partition("well1");
    private static final int NUMBERS = 60;
    private static final int SEEDS = 25;

    @TempDir
    Path folder;

    private WarmStore live;
    private int copies;

    @BeforeEach
    void openStore() {
        live = open(folder.resolve("live"));
        Warm.writeNumbers(live, HURT, 1, NUMBERS);
        Warm.writeNumbers(live, WELL, 1, 5);
    }

    @AfterEach
    void closeStore() {
        live.close();
    }

    /** A file shorter than SQLite's header cannot be told from one that was created and never filled. */
    private static final int HEADER = 100;

    @Test
    void aKillLosesNothing() throws IOException {
        Path copy = copy();
        assertThat(Warm.log(copy, HURT)).isNotEmptyFile();
        try (WarmStore store = open(copy)) {
            assertThat(Warm.length(store, HURT)).isEqualTo(NUMBERS);
            Warm.writeNumbers(store, HURT, NUMBERS + 1, NUMBERS + 3);
        }
        try (WarmStore store = open(copy)) {
            assertThat(Warm.length(store, HURT)).isEqualTo(NUMBERS + 3);
        }
    }

    @Test
    void aTornTailLosesNothing() throws IOException {
        eachSeed("aTornTailLosesNothing", random -> {
            Path copy = copy();
            byte[] log = Files.readAllBytes(Warm.log(copy, HURT));
            byte[] tail = new byte[1 + random.nextInt(9_000)];
            switch (random.nextInt(3)) {
                case 0 -> random.nextBytes(tail);
                // The beginning of a frame that was written before, as of a write that was not finished.
                case 1 -> System.arraycopy(log, 32, tail, 0, Math.min(tail.length, log.length - 32));
                default -> Arrays.fill(tail, (byte) 0);
            }
            Files.write(Warm.log(copy, HURT), tail, StandardOpenOption.APPEND);
            if (random.nextBoolean()) {
                Files.write(Warm.file(copy, HURT), tail, StandardOpenOption.APPEND);
            }
            try (WarmStore store = open(copy)) {
                assertThat(Warm.length(store, HURT)).isEqualTo(NUMBERS);
                Warm.writeNumbers(store, HURT, NUMBERS + 1, NUMBERS + 2);
            }
            try (WarmStore store = open(copy)) {
                assertThat(Warm.length(store, HURT)).isEqualTo(NUMBERS + 2);
            }
        });
    }

    @Test
    void aLogCutWithinWhatWasFlushedLeavesAnEarlierStateNeverAMixture() throws IOException {
        eachSeed("aLogCutWithinWhatWasFlushed", random -> {
            Path copy = copy();
            cut(Warm.log(copy, HURT), random);
            try (WarmStore store = open(copy)) {
                assertThat(Warm.length(store, HURT)).isBetween(0, NUMBERS);
                assertThat(Warm.length(store, WELL)).isEqualTo(5);
            }
        });
    }

    @Test
    void aCutFileIsCorruptForItsPartitionOnly() throws IOException {
        eachSeed("aCutFileIsCorruptForItsPartitionOnly", random -> {
            Path copy = settledCopy();
            Path file = Warm.file(copy, HURT);
            cut(file, HEADER, random);
            assertCorrupt(copy, file);
        });
    }

    @Test
    void aFileOverwrittenAtItsBeginningIsCorruptForItsPartitionOnly() throws IOException {
        eachSeed("aFileOverwrittenAtItsBeginning", random -> {
            Path copy = settledCopy();
            Path file = Warm.file(copy, HURT);
            byte[] bytes = Files.readAllBytes(file);
            byte[] garbage = new byte[100 + random.nextInt(bytes.length - 100)];
            random.nextBytes(garbage);
            System.arraycopy(garbage, 0, bytes, 0, garbage.length);
            Files.write(file, bytes);
            assertCorrupt(copy, file);
        });
    }

    @Test
    void aFileCreatedAndNotFilledIsNoneAndHeals() throws IOException {
        Path copy = settledCopy();
        Path file = Warm.file(copy, HURT);
        Partition fresh = new Partition("fresh2");
        byte[] empty;
        try (WarmStore store = open(copy)) {
            store.write(fresh, new Write(List.of(), List.of(new Write.Operation.Delete("none"))), soon());
        }
        empty = Files.readAllBytes(Warm.file(copy, fresh));
        for (int length : new int[] {0, 1, 16, 100, 4096, empty.length - 1}) {
            Files.write(file, Arrays.copyOf(empty, length));
            try (WarmStore store = open(copy)) {
                assertThat(store.exists(HURT, soon())).as("%d bytes", length).isFalse();
                assertThat(store.partitions(soon())).doesNotContain(HURT);
                assertThat(Warm.length(store, HURT)).isZero();
                Warm.writeNumbers(store, HURT, 1, 3);
                assertThat(Warm.length(store, HURT)).isEqualTo(3);
            }
        }
    }

    @Test
    void aLogThatOutlivedItsFileIsNotPlayedIntoANewOne() throws IOException {
        Path copy = copy();
        Files.delete(Warm.file(copy, HURT));
        try (WarmStore store = open(copy)) {
            Path stale = Warm.log(folder.resolve("live"), HURT);
            assertThat(stale).exists();
            Warm.writeNumbers(store, HURT, 1, 1);
            assertThat(Warm.length(store, HURT)).isEqualTo(1);
        }
    }

    @Test
    void aFileOfALaterFormatIsRefusedAndNotTouched() throws Exception {
        Path copy = settledCopy();
        Path file = Warm.file(copy, HURT);
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 2");
        }
        try (WarmStore store = open(copy)) {
            assertThatThrownBy(() -> Warm.length(store, HURT))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("format 2");
        }
    }

    private static void assertCorrupt(Path copy, Path file) {
        try (WarmStore store = open(copy)) {
            assertThatThrownBy(() -> Warm.length(store, HURT))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(StoreException.Kind.CORRUPT))
                    .hasMessageContaining(file.getFileName().toString());
            Warm.assertRefused(StoreException.Kind.CORRUPT, () -> Warm.writeNumber(store, HURT, NUMBERS + 1));
            assertThat(Warm.length(store, WELL)).isEqualTo(5);
            Warm.writeNumbers(store, WELL, 6, 7);
            assertThat(store.drop(HURT, soon()).bytes()).isPositive();
            Warm.writeNumbers(store, HURT, 1, 2);
            assertThat(Warm.length(store, HURT)).isEqualTo(2);
        }
    }

    private static void cut(Path file, Random random) throws IOException {
        cut(file, 1, random);
    }

    private static void cut(Path file, int least, Random random) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(least + random.nextInt((int) channel.size() - least));
        }
    }

    /** A copy whose logs are moved into the files. */
    private Path settledCopy() throws IOException {
        Path copy = copy();
        try (WarmStore store = open(copy)) {
            assertThat(Warm.length(store, HURT)).isEqualTo(NUMBERS);
            assertThat(Warm.length(store, WELL)).isEqualTo(5);
        }
        return copy;
    }

    private Path copy() throws IOException {
        Path copy = folder.resolve("copy-" + copies++);
        Warm.copyFolder(folder.resolve("live"), copy);
        return copy;
    }

    private static WarmStore open(Path folder) {
        return SqliteWarmStore.open(folder, Clock.system(), new Sizing(4, 2, 64));
    }

    private static void eachSeed(String test, Seeded what) throws IOException {
        long first = new Random().nextLong();
        System.out.println("DamageTest." + test + ": first seed " + first);
        for (int i = 0; i < SEEDS; i++) {
            try {
                what.with(new Random(first + i));
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + (first + i), failed);
            }
        }
    }

    @FunctionalInterface
    private interface Seeded {
        void with(Random random) throws IOException;
    }
}
