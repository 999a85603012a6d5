package dev.hearth.store.dynamodb;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * The shape of a table, which is the same for data and for keys. Who uses one needs the rights {@code DescribeTable},
 * {@code DescribeTimeToLive}, {@code GetItem}, {@code BatchGetItem}, {@code Query}, {@code Scan}, {@code PutItem},
 * {@code DeleteItem}, {@code BatchWriteItem} and {@code ConditionCheckItem}.
 */
public final class DynamoTables {

    static final String SHAPE = "partition key `" + Row.PARTITION + "` (string), sort key `" + Row.KEY
            + "` (string), time to live on `" + Row.TTL + "`.";

    private static final Logger LOG = LoggerFactory.getLogger(DynamoTables.class);
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Map<String, String> KEYS = Map.of(Row.PARTITION, "HASH S", Row.KEY, "RANGE S");

    private DynamoTables() {}

    /**
     * Makes the table, with on-demand billing and time to live, and waits until it can be used; for trying and for
     * tests. Who operates one sets protection against deletion, backups and encryption too, and makes it by the means
     * the rest is made by.
     *
     * @throws StoreException where there is such a table already, or it is not ready within a minute
     */
    public static void create(DynamoSettings settings) {
        try (Table table = Table.connect(settings, Clock.system())) {
            create(table, true);
        }
    }

    static void create(Table table, boolean timeToLive) {
        Deadline deadline = Deadline.after(Clock.system(), MOST);
        table.attempts()
                .once(
                        deadline,
                        within -> table.client()
                                .createTable(request -> request.overrideConfiguration(within)
                                        .tableName(table.name())
                                        .billingMode(BillingMode.PAY_PER_REQUEST)
                                        .attributeDefinitions(string(Row.PARTITION), string(Row.KEY))
                                        .keySchema(key(Row.PARTITION, KeyType.HASH), key(Row.KEY, KeyType.RANGE))));
        for (int attempt = 0; !ready(table, deadline); attempt++) {
            table.attempts().waitBefore(attempt, deadline, true, null);
        }
        if (timeToLive) {
            table.attempts()
                    .once(
                            deadline,
                            within -> table.client()
                                    .updateTimeToLive(request -> request.overrideConfiguration(within)
                                            .tableName(table.name())
                                            .timeToLiveSpecification(ttl ->
                                                    ttl.attributeName(Row.TTL).enabled(true))));
        }
    }

    /** Refuses a table that is missing or has other keys; says where what expires is never removed. */
    static void check(Table table, Deadline deadline, boolean timeToLive) {
        TableDescription found = describe(table, deadline);
        Map<String, String> keys = new TreeMap<>();
        for (KeySchemaElement key : found.keySchema()) {
            for (AttributeDefinition definition : found.attributeDefinitions()) {
                if (definition.attributeName().equals(key.attributeName())) {
                    keys.put(key.attributeName(), key.keyTypeAsString() + " " + definition.attributeTypeAsString());
                }
            }
        }
        if (!keys.equals(KEYS)) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "The table " + table.place() + " has the keys " + keys + ". Hearth needs a table of its own: "
                            + SHAPE);
        }
        if (timeToLive && !removesWhatExpired(table, deadline)) {
            LOG.warn(
                    "The table {} keeps what has expired for ever: switch on its time to live, on the attribute {}.",
                    table.place(),
                    Row.TTL);
        }
    }

    static String missing(String place) {
        return "There is no table " + place + " for these credentials. Make it, with on-demand billing: " + SHAPE;
    }

    private static TableDescription describe(Table table, Deadline deadline) {
        return table.attempts()
                .reading(
                        deadline,
                        within -> table.client()
                                .describeTable(request ->
                                        request.overrideConfiguration(within).tableName(table.name()))
                                .table());
    }

    /** A table that was just made may not even be known at first. */
    private static boolean ready(Table table, Deadline deadline) {
        return table.attempts().reading(deadline, within -> {
            try {
                return table.client()
                                .describeTable(request ->
                                        request.overrideConfiguration(within).tableName(table.name()))
                                .table()
                                .tableStatus()
                        == TableStatus.ACTIVE;
            } catch (ResourceNotFoundException notYet) {
                return false;
            }
        });
    }

    private static boolean removesWhatExpired(Table table, Deadline deadline) {
        var ttl = table.attempts()
                .reading(
                        deadline,
                        within -> table.client()
                                .describeTimeToLive(request ->
                                        request.overrideConfiguration(within).tableName(table.name()))
                                .timeToLiveDescription());
        boolean on = ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                || ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
        return on && Objects.equals(ttl.attributeName(), Row.TTL);
    }

    private static AttributeDefinition string(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
