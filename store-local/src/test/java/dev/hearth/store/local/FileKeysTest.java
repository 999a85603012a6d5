package dev.hearth.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.spi.CopyableKeys;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.StoreException;
import dev.hearth.testkit.CopyableKeysContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileKeysTest extends CopyableKeysContract {

    private static final Partition ANNA = new Partition("anna0");

    @TempDir
    Path folder;

    @Override
    protected CopyableKeys open() {
        return FileKeys.open(folder);
    }

    @Test
    void onlyTheOwnerMayRead() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no POSIX permissions here");
        keys.findOrCreate(ANNA);
        try (Stream<Path> files = Files.walk(folder.resolve("keys"))) {
            for (Path file : files.toList()) {
                assertThat(DurableFiles.readableByOthers(file))
                        .as(file.toString())
                        .isFalse();
            }
        }
        assertThat(folder.resolve("keys/operator.key")).hasSize(32);
    }

    @Test
    void noFileHoldsAKeyInTheClear() throws IOException {
        String secret =
                HexFormat.of().formatHex(keys.findOrCreate(ANNA).secret().getEncoded());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(HexFormat.of().formatHex(Files.readAllBytes(file))).doesNotContain(secret);
            }
        }
    }

    @Test
    void anotherOperatorsKeyIsRefusedAtOpening() throws IOException {
        keys.findOrCreate(ANNA);
        keys.close();
        byte[] right = Files.readAllBytes(folder.resolve("keys/operator.key"));
        byte[] wrong = right.clone();
        wrong[31] ^= 1;
        assertThatThrownBy(() -> FileKeys.open(folder, wrong))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(folder.resolve("keys").toString())
                .hasMessageContaining("Use the key this data folder was made with");
        Files.delete(folder.resolve("keys/operator.key"));
        assertThatThrownBy(() -> FileKeys.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("operator.key")
                .hasMessageContaining("is missing");
        assertThat(folder.resolve("keys/operator.key")).doesNotExist();
        try (FileKeys given = FileKeys.open(folder, right)) {
            assertThat(given.find(ANNA)).isNotNull();
        }
        assertThatThrownBy(() -> FileKeys.open(folder, new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyWrappedByAnotherOperatorNamesItsFile() throws IOException {
        keys.findOrCreate(ANNA);
        Path file = keyFile();
        byte[] ours = Files.readAllBytes(file);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (FileKeys others = FileKeys.open(elsewhere)) {
            others.findOrCreate(ANNA);
        }
        Files.copy(elsewhere.resolve(folder.relativize(file)), file, StandardCopyOption.REPLACE_EXISTING);
        keys = reopen(keys);
        assertRefused(StoreException.Kind.UNAVAILABLE, file);
        for (int at : new int[] {0, 9, 20, 40, ours.length - 1}) {
            byte[] damaged = ours.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            assertRefused(StoreException.Kind.CORRUPT, file);
        }
        Files.write(file, Arrays.copyOf(ours, 20));
        assertRefused(StoreException.Kind.CORRUPT, file);
        Files.write(file, ours);
        assertThat(keys.find(ANNA)).isNotNull();
    }

    @Test
    void aKeyOfAnotherPartitionIsNotTaken() throws IOException {
        keys.findOrCreate(ANNA);
        Path anna = keyFile();
        Partition ben = new Partition("ben1");
        keys.findOrCreate(ben);
        Path wrapped = folder.resolve("keys/wrapped");
        Path bens = HashedFolders.of(wrapped, ben).resolve("ben1.key");
        Files.copy(anna, bens, StandardCopyOption.REPLACE_EXISTING);
        keys = reopen(keys);
        assertThatThrownBy(() -> keys.find(ben))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("ben1.key");
    }

    @Test
    void aCrashBeforeTheKeyAppearedLeavesNoKey() throws IOException {
        PartitionKey first = keys.findOrCreate(ANNA);
        Path file = keyFile();
        Path fresh = DurableFiles.fresh(file);
        Files.move(file, fresh);
        keys = reopen(keys);
        assertThat(keys.find(ANNA)).isNull();
        PartitionKey second = keys.findOrCreate(ANNA);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(fresh).doesNotExist();
    }

    @Test
    void aCrashBetweenLinkAndUnlinkKeepsTheKeyAndDestroyRemovesBoth() throws IOException {
        PartitionKey first = keys.findOrCreate(ANNA);
        Path file = keyFile();
        Path fresh = DurableFiles.fresh(file);
        Files.createLink(fresh, file);
        keys = reopen(keys);
        PartitionKey again = keys.findOrCreate(ANNA);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(keys.destroy(ANNA)).isTrue();
        assertThat(fresh).doesNotExist();
        assertThat(file).doesNotExist();
    }

    @Test
    void aCrashWhileAKeyIsDestroyedLeavesNoneAndTheRestIsFinishedAtTheStart() throws IOException {
        keys.findOrCreate(ANNA);
        Path file = keyFile();
        Path doomed = file.resolveSibling(file.getFileName() + ".destroyed");
        Files.move(file, doomed);
        keys = reopen(keys);
        assertThat(keys.find(ANNA)).isNull();
        assertThat(doomed).doesNotExist();
        assertThat(keys.findOrCreate(ANNA)).isNotNull();
    }

    @Test
    void aTurnReadsNoFile() throws IOException {
        PartitionKey made = keys.findOrCreate(ANNA);
        Files.delete(keyFile());
        assertThat(keys.find(ANNA)).isSameAs(made);
    }

    private void assertRefused(StoreException.Kind kind, Path file) {
        assertThatThrownBy(() -> keys.find(ANNA))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(kind))
                .hasMessageContaining(file.toString());
    }

    private Path keyFile() {
        return HashedFolders.of(folder.resolve("keys/wrapped"), ANNA).resolve("anna0.key");
    }
}
