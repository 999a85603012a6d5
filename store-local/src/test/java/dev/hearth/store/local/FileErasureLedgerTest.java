package dev.hearth.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Erasure;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.StoreException;
import dev.hearth.testkit.ErasureLedgerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileErasureLedgerTest extends ErasureLedgerContract {

    @TempDir
    Path folder;

    @Override
    protected ErasureLedger open() {
        return FileErasureLedger.open(folder);
    }

    @Test
    void aTailTornAtAnyByteIsNoEntryAndTheNextAppendFollows() throws IOException {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ledger.append(erasure(i));
            ends.add((int) Files.size(file()));
        }
        ledger.close();
        byte[] whole = Files.readAllBytes(file());
        for (int cut = 0; cut <= whole.length; cut++) {
            int length = cut;
            Files.write(file(), Arrays.copyOf(whole, cut));
            int complete = (int) ends.stream().filter(end -> end <= length).count();
            List<Erasure> expected = new ArrayList<>();
            for (int i = 0; i < complete; i++) {
                expected.add(erasure(i));
            }
            try (FileErasureLedger torn = FileErasureLedger.open(folder)) {
                assertThat(torn.entries()).as("cut at %d", cut).isEqualTo(expected);
                torn.append(erasure(9));
            }
            expected.add(erasure(9));
            try (FileErasureLedger healed = FileErasureLedger.open(folder)) {
                assertThat(healed.entries()).as("cut at %d", cut).isEqualTo(expected);
            }
        }
    }

    @Test
    void aDamagedWholeLineIsSaidWithItsNumber() throws IOException {
        for (int i = 0; i < 3; i++) {
            ledger.append(erasure(i));
        }
        ledger.close();
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length; at++) {
            if (whole[at] != '\n') {
                byte[] damaged = whole.clone();
                damaged[at] ^= 1;
                Files.write(file(), damaged);
                assertThatThrownBy(() -> FileErasureLedger.open(folder))
                        .as("byte %d", at)
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                refused -> assertThat(refused.kind()).isEqualTo(StoreException.Kind.CORRUPT))
                        .hasMessageContaining(file().toString())
                        .hasMessageContaining("Line ");
            }
        }
        Files.write(file(), whole);
    }

    @Test
    void onlyTheOwnerMayRead() throws IOException {
        assertThat(DurableFiles.readableByOthers(file())).isFalse();
    }

    private Path file() {
        return folder.resolve("keys/erasures.log");
    }
}
