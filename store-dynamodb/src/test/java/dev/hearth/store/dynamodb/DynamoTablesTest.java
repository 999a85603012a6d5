package dev.hearth.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The shape of a table, and what is said of one that has another. */
final class DynamoTablesTest {

    private final DynamoSettings settings = DynamoDbLocal.freshName();

    @Test
    void aMadeTableHasTheShapeAndIsNotMadeTwice() {
        DynamoTables.create(settings);
        try (Table table = Table.connect(settings, Clock.system())) {
            var ttl = table.client()
                    .describeTimeToLive(request -> request.tableName(settings.table()))
                    .timeToLiveDescription();
            assertThat(ttl.attributeName()).isEqualTo(Row.TTL);
            assertThat(ttl.timeToLiveStatusAsString()).isEqualTo("ENABLED");
        }
        DynamoWarmStore.open(settings, Clock.system()).close();
        assertThatThrownBy(() -> DynamoTables.create(settings)).hasMessageContaining("is there already");
    }

    @Test
    void aMissingTableIsSaidWithHowToMakeIt() {
        for (int i = 0; i < 3; i++) {
            int which = i;
            assertThatThrownBy(() -> {
                        switch (which) {
                            case 0 -> DynamoWarmStore.open(settings, Clock.system());
                            case 1 -> DynamoKeys.open(settings, new byte[32], Clock.system());
                            default -> DynamoErasureLedger.open(settings, Clock.system());
                        }
                    })
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE))
                    .hasMessageContaining("There is no table " + settings.table())
                    .hasMessageContaining("partition key `p` (string), sort key `k` (string), time to live on `t`");
        }
    }

    @Test
    void aTableOfAnotherShapeIsRefused() {
        try (Table table = Table.connect(settings, Clock.system())) {
            table.client()
                    .createTable(request -> request.tableName(settings.table())
                            .billingMode(BillingMode.PAY_PER_REQUEST)
                            .attributeDefinitions(AttributeDefinition.builder()
                                    .attributeName("id")
                                    .attributeType(ScalarAttributeType.N)
                                    .build())
                            .keySchema(KeySchemaElement.builder()
                                    .attributeName("id")
                                    .keyType(KeyType.HASH)
                                    .build()));
        }
        assertThatThrownBy(() -> DynamoWarmStore.open(settings, Clock.system()))
                .hasMessageContaining("has the keys {id=HASH N}")
                .hasMessageContaining("Hearth needs a table of its own");
    }

    @Test
    void aRowOfSomethingElseIsSaid() {
        DynamoTables.create(settings);
        Partition anna = new Partition("anna0");
        try (Table table = Table.connect(settings, Clock.system());
                WarmStore store = DynamoWarmStore.open(settings, Clock.system())) {
            table.client()
                    .putItem(request -> request.tableName(settings.table())
                            .item(Map.of("p", AttributeValue.fromS("anna0"), "k", AttributeValue.fromS("a"))));
            assertThatThrownBy(() -> store.get(anna, "a", soon()))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(StoreException.Kind.CORRUPT));
        }
    }

    @Test
    void anExpiryIsInMillisecondsForUsAndInLaterWholeSecondsForDynamoDb() {
        Map<String, AttributeValue> row = Row.of(
                "anna0", new Write.Operation.Put("a", 1, new byte[0], Instant.parse("2026-03-01T12:00:00.0010001Z")));
        long noon = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
        assertThat(row)
                .containsEntry(Row.EXPIRES, Row.number(noon + 2))
                .containsEntry(Row.TTL, Row.number(noon / 1000 + 1));
        assertThat(Row.live(row, noon + 1)).isTrue();
        assertThat(Row.live(row, noon + 2)).isFalse();
    }

    @Test
    void aSecretIsNotPrinted() {
        assertThat(settings.toString()).contains("anyone").doesNotContain("anything");
    }

    private static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(30));
    }
}
