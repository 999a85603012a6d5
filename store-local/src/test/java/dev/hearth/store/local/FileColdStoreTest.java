package dev.hearth.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.spi.CopyableColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.testkit.CopyableColdStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileColdStoreTest extends CopyableColdStoreContract {

    private static final Partition PARTITION = new Partition("p");

    @TempDir
    Path folder;

    @Override
    protected CopyableColdStore open() {
        return FileColdStore.open(folder);
    }

    @Test
    void whatACrashLeftBesideAPlaceIsNoObject() throws IOException {
        Deadline soon = Deadline.after(clock, Duration.ofSeconds(30));
        store.putIfAbsent(PARTITION, "a/1", new byte[] {1}, soon);
        Path file;
        try (Stream<Path> files = Files.walk(folder.resolve("cold"))) {
            file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        Files.write(file.resolveSibling("a+2.o~"), new byte[] {9});
        store = reopen(store);
        assertThat(store.list(PARTITION, "", soon)).containsExactly("a/1");
        assertThat(store.get(PARTITION, "a/2", soon)).isNull();
        assertThat(store.putIfAbsent(PARTITION, "a/2", new byte[] {2}, soon)).isTrue();
        assertThat(store.get(PARTITION, "a/2", soon)).containsExactly(2);
        Files.write(file.resolveSibling("a+3.o~"), new byte[] {9});
        assertThat(store.drop(PARTITION, soon).removed()).isEqualTo(2);
        assertThat(Files.exists(DurableFiles.parent(file))).isFalse();
    }

    @Test
    void onlyTheOwnerMayRead() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no POSIX permissions here");
        store.putIfAbsent(PARTITION, "a", new byte[] {1}, Deadline.after(clock, Duration.ofSeconds(30)));
        try (Stream<Path> files = Files.walk(folder.resolve("cold"))) {
            for (Path file : files.toList()) {
                assertThat(DurableFiles.readableByOthers(file))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }
}
