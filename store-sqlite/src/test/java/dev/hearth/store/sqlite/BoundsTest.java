package dev.hearth.store.sqlite;

import static dev.hearth.store.sqlite.Warm.assertRefused;
import static dev.hearth.store.sqlite.Warm.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

/** Full, read-only, overloaded, late, expired: what is bounded, and what is said at the bound. */
final class BoundsTest {

    private static final Partition ANNA = new Partition("anna0");

    @TempDir
    Path folder;

    @Test
    void aFullDiskIsSaidChangesNothingAndIsOverWhenThereIsRoom() {
        try (WarmStore store = open(List.of("PRAGMA max_page_count = 12"))) {
            Warm.writeNumbers(store, ANNA, 1, 3);
            Write large = puts("large", 100_000, null);
            assertRefused(Kind.FULL, () -> store.write(ANNA, large, soon()));
            assertThat(store.get(ANNA, "large", soon())).isNull();
            assertThat(Warm.length(store, ANNA)).isEqualTo(3);
            Warm.writeNumbers(store, ANNA, 4, 5);

            Partition fresh = new Partition("fresh1");
            assertRefused(Kind.FULL, () -> store.write(fresh, large, soon()));
            assertThat(store.exists(fresh, soon())).isFalse();
        }
        try (WarmStore store = open(List.of())) {
            assertThat(Warm.length(store, ANNA)).isEqualTo(5);
            store.write(ANNA, puts("large", 100_000, null), soon());
            assertThat(store.get(ANNA, "large", soon())).isNotNull();
        }
    }

    @Test
    void roomThatIsFreedIsGivenBackAndTheRestIsWhole() {
        try (WarmStore store = open(List.of())) {
            Warm.writeNumbers(store, ANNA, 1, 3);
            for (int i = 0; i < 40; i++) {
                store.write(ANNA, puts("large" + i, 20_000, null), soon());
            }
            long before = store.bytes(ANNA, soon());
            List<Write.Operation> deletes = new ArrayList<>();
            for (int i = 0; i < 39; i++) {
                deletes.add(new Write.Operation.Delete("large" + i));
            }
            store.write(ANNA, new Write(List.of(), deletes), soon());

            assertThat(store.bytes(ANNA, soon())).isLessThan(before / 10);
            assertThat(Warm.length(store, ANNA)).isEqualTo(3);
            Warm.writeNumbers(store, ANNA, 4, 5);
        }
        try (WarmStore store = open(List.of())) {
            assertThat(Warm.length(store, ANNA)).isEqualTo(5);
            assertThat(Objects.requireNonNull(store.get(ANNA, "large39", soon()))
                            .value())
                    .hasSize(20_000);
        }
    }

    @Test
    void aFileThatMayNotBeWrittenIsSaidAndStillRead() {
        try (WarmStore store = open(List.of())) {
            Warm.writeNumbers(store, ANNA, 1, 3);
        }
        // Stands in for a read-only disk, which a test that runs as root cannot make.
        try (WarmStore store = open(List.of("PRAGMA query_only = ON"))) {
            assertRefused(Kind.READ_ONLY, () -> Warm.writeNumber(store, ANNA, 4));
            assertThat(Warm.length(store, ANNA)).isEqualTo(3);
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidWithItsName() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> SqliteWarmStore.open(file.resolve("data"), Clock.system()))
                .hasMessageContaining(file.toString());
    }

    @Test
    void theSameProcessCannotOpenTheFolderTwice() {
        WarmStore first = open(List.of());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> open(List.of())).hasMessageContaining("this very process");
        }
        first.close();
        open(List.of()).close();
    }

    @Test
    void aFolderMayHaveAnyName() {
        Path odd = folder.resolve("a b?mode=memory&c%20#ü");
        try (WarmStore store = SqliteWarmStore.open(odd, Clock.system())) {
            Warm.writeNumbers(store, ANNA, 1, 2);
        }
        try (WarmStore store = SqliteWarmStore.open(odd, Clock.system())) {
            assertThat(Warm.length(store, ANNA)).isEqualTo(2);
        }
    }

    @Test
    void aBusyLaneRefusesWhatItCannotQueueAndALateCallIsNotMade() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Clock stopping = new StoppingClock(busy, free);
        try (WarmStore store = SqliteWarmStore.open(folder, stopping, new Sizing(1, 1, 1))) {
            FutureTask<Object> running = new FutureTask<>(() -> Warm.writeNumber(store, ANNA, 1));
            Thread.ofVirtual().start(running);
            assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();

            Deadline short1 = Deadline.after(Clock.system(), Duration.ofMillis(20));
            assertRefused(Kind.DEADLINE, () -> store.write(ANNA, puts("late", 1, null), short1));
            FutureTask<Object> waiting = new FutureTask<>(() -> getAsSoonAsQueued(store));
            Thread.ofVirtual().start(waiting);
            assertThat(refusedAsOverloaded(store)).isTrue();
            free.countDown();
            running.get(10, TimeUnit.SECONDS);
            waiting.get(10, TimeUnit.SECONDS);
            assertThat(Warm.length(store, ANNA)).isEqualTo(1);
            assertThat(store.get(ANNA, "late", soon())).isNull();
        }
    }

    @Test
    void whatHasExpiredIsRemovedByLaterWrites() throws Exception {
        ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
        try (WarmStore store = SqliteWarmStore.open(folder, clock)) {
            for (int i = 0; i < 200; i++) {
                Instant end = i % 2 == 0 ? clock.now().plusSeconds(10) : null;
                store.write(ANNA, puts("k" + i, 100, end), soon());
            }
            clock.advance(Duration.ofSeconds(10));
            for (int i = 0; i < 20; i++) {
                store.write(ANNA, puts("later", 10, null), soon());
            }
        }
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + Warm.file(folder, ANNA));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM item")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(101);
        }
    }

    @Test
    void anOpenPartitionIsTwoFilesAndAClosedOneIsOne() throws Exception {
        try (WarmStore store = open(List.of())) {
            Warm.writeNumbers(store, ANNA, 1, 2);
            assertThat(namesBeside(Warm.file(folder, ANNA))).containsExactly("anna0.db", "anna0.db-wal");
        }
        assertThat(namesBeside(Warm.file(folder, ANNA))).containsExactly("anna0.db");
    }

    private static List<String> namesBeside(Path file) throws IOException {
        try (var files = Files.list(Objects.requireNonNull(file.getParent()))) {
            return files.map(one -> one.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aDropLeavesNoFileBehind() throws Exception {
        try (WarmStore store = open(List.of())) {
            Warm.writeNumbers(store, ANNA, 1, 50);
            Path hashed = Objects.requireNonNull(Warm.file(folder, ANNA).getParent());
            store.drop(ANNA, soon());
            try (var left = Files.list(hashed)) {
                assertThat(left).isEmpty();
            }
        }
    }

    /** Waits in the queue; where the test's own short call stands there, tries again. */
    private static boolean getAsSoonAsQueued(WarmStore store) {
        while (true) {
            try {
                store.get(ANNA, "x", soon());
                return true;
            } catch (StoreException overloaded) {
                assertThat(overloaded.kind()).isEqualTo(Kind.UNAVAILABLE);
            }
        }
    }

    private static boolean refusedAsOverloaded(WarmStore store) {
        for (int i = 0; i < 1_000; i++) {
            try {
                store.get(ANNA, "x", Deadline.after(Clock.system(), Duration.ofMillis(10)));
            } catch (StoreException refused) {
                if (refused.kind() == Kind.UNAVAILABLE) {
                    return true;
                }
            }
        }
        return false;
    }

    private WarmStore open(List<String> pragmas) {
        return SqliteWarmStore.open(folder, Clock.system(), new Sizing(4, 2, 64), pragmas);
    }

    private static Write puts(String key, int bytes, @Nullable Instant expiresAt) {
        List<Write.Operation> operations = new ArrayList<>();
        operations.add(new Write.Operation.Put(key, 1, new byte[bytes], expiresAt));
        return new Write(List.of(), operations);
    }

    /** Stops whoever first asks for the wall clock, which is the lane's thread, until it is let go. */
    private record StoppingClock(CountDownLatch busy, CountDownLatch free) implements Clock {

        @Override
        public Instant now() {
            busy.countDown();
            try {
                if (!free.await(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The test did not let the clock go.");
                }
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }
}
