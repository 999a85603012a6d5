package dev.hearth.store.sqlite;

import dev.hearth.spi.WarmStore;
import dev.hearth.testkit.WarmStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteWarmStoreTest extends WarmStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected WarmStore open() {
        return SqliteWarmStore.open(folder, clock, new Sizing(2, 2, 64));
    }
}
