package dev.hearth.store.sqlite;

import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.testkit.CopyableWarmStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteWarmStoreTest extends CopyableWarmStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected CopyableWarmStore open() {
        return SqliteWarmStore.open(folder, clock, new Sizing(2, 2, 64));
    }
}
