package dev.hearth.store.dynamodb;

import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.testkit.CopyableWarmStoreContract;

final class DynamoWarmStoreTest extends CopyableWarmStoreContract {

    private final DynamoSettings settings = DynamoDbLocal.freshTable();

    @Override
    protected CopyableWarmStore open() {
        return DynamoWarmStore.open(settings, clock);
    }
}
