package dev.hearth.store.dynamodb;

import dev.hearth.spi.WarmStore;
import dev.hearth.testkit.WarmStoreContract;

final class DynamoWarmStoreTest extends WarmStoreContract {

    private final DynamoSettings settings = DynamoDbLocal.freshTable();

    @Override
    protected WarmStore open() {
        return DynamoWarmStore.open(settings, clock);
    }
}
