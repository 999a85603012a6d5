package dev.hearth.store.dynamodb;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Range;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** One table, and the requests that are made of it. Every read is strongly consistent. Safe for many threads. */
final class Table implements AutoCloseable {

    /** A token is remembered for ten minutes, so nothing is made again under it for longer than this. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(8);

    private static final int MOST_ROWS = 10_000;

    private final DynamoSettings settings;
    private final Clock clock;
    private final DynamoDbClient client;
    private final Attempts attempts;

    private Table(DynamoSettings settings, Clock clock, DynamoDbClient client, Attempts attempts) {
        this.settings = settings;
        this.clock = clock;
        this.client = client;
        this.attempts = attempts;
    }

    static Table connect(DynamoSettings settings, Clock clock) {
        return connect(settings, clock, new SecureRandom(), Thread::sleep);
    }

    /** Makes no request yet. {@code random} and {@code pause} are for the time between two attempts. */
    static Table connect(DynamoSettings settings, Clock clock, RandomGenerator random, Attempts.Pause pause) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .region(Region.of(settings.region()))
                .httpClientBuilder(defaults -> new JdkHttp())
                .overrideConfiguration(of -> of.retryStrategy(DefaultRetryStrategy.doNotRetry()));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        DynamoSettings.Credentials given = settings.credentials();
        if (given != null) {
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(given.accessKeyId(), given.secretAccessKey())));
        }
        return new Table(settings, clock, builder.build(), new Attempts(settings.place(), random, pause));
    }

    String name() {
        return settings.table();
    }

    String place() {
        return settings.place();
    }

    DynamoDbClient client() {
        return client;
    }

    Attempts attempts() {
        return attempts;
    }

    @Nullable
    Item get(String partition, String key, Deadline deadline) {
        Map<String, AttributeValue> row = attempts.reading(
                        deadline,
                        within -> client.getItem(request -> request.overrideConfiguration(within)
                                .tableName(name())
                                .key(Row.key(partition, key))
                                .consistentRead(true)))
                .item();
        return row.isEmpty() || !Row.live(row, now()) ? null : Row.item(row);
    }

    List<Item> getAll(String partition, List<String> keys, Deadline deadline) {
        long now = now();
        Map<String, Item> found = new HashMap<>();
        List<Map<String, AttributeValue>> open =
                keys.stream().map(key -> Row.key(partition, key)).toList();
        for (int fruitless = 0; !open.isEmpty(); ) {
            KeysAndAttributes ask =
                    KeysAndAttributes.builder().keys(open).consistentRead(true).build();
            var answer = attempts.reading(
                    deadline,
                    within -> client.batchGetItem(
                            request -> request.overrideConfiguration(within).requestItems(Map.of(name(), ask))));
            var rows = answer.responses().getOrDefault(name(), List.of());
            rows.stream().filter(row -> Row.live(row, now)).map(Row::item).forEach(item -> found.put(item.key(), item));
            KeysAndAttributes left = answer.unprocessedKeys().get(name());
            open = left == null ? List.of() : left.keys();
            // Keys are left over where an answer would be too long, or where DynamoDB is throttling.
            if (!open.isEmpty() && rows.isEmpty()) {
                attempts.waitBefore(fruitless++, deadline, false, null);
            }
        }
        return keys.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    List<Item> query(String partition, Range range, Deadline deadline) {
        return rows(partition, range, deadline).stream().map(Row::item).toList();
    }

    List<Write.Operation.Put> copies(String partition, Range range, Deadline deadline) {
        return rows(partition, range, deadline).stream().map(Row::put).toList();
    }

    private List<Map<String, AttributeValue>> rows(String partition, Range range, Deadline deadline) {
        String from = range.from().isEmpty() ? " " : range.from();
        List<Map<String, AttributeValue>> rows = new ArrayList<>();
        if (from.compareTo(range.to()) >= 0) {
            // DynamoDB refuses such bounds; the call is refused all the same where it may not be made.
            attempts.reading(deadline, within -> rows);
            return rows;
        }
        long now = now();
        Map<String, AttributeValue> values = Map.of(
                ":p", AttributeValue.fromS(partition),
                ":from", AttributeValue.fromS(from),
                ":to", AttributeValue.fromS(range.to()),
                ":now", Row.number(now));
        Map<String, AttributeValue> after = Map.of();
        do {
            Map<String, AttributeValue> start = after;
            int limit = Math.min(range.limit() - rows.size(), MOST_ROWS);
            QueryResponse page = attempts.reading(
                    deadline,
                    within -> client.query(request -> request.overrideConfiguration(within)
                            .tableName(name())
                            .consistentRead(true)
                            .keyConditionExpression(Row.PARTITION + " = :p AND " + Row.KEY + " BETWEEN :from AND :to")
                            .filterExpression(Guard.LIVE)
                            .expressionAttributeValues(values)
                            .scanIndexForward(!range.descending())
                            .limit(limit)
                            .exclusiveStartKey(start.isEmpty() ? null : start)));
            // DynamoDB's upper bound is inclusive, ours is not.
            page.items().stream()
                    .filter(row -> !Row.attribute(row, Row.KEY).s().equals(range.to()))
                    .limit(limit)
                    .forEach(rows::add);
            after = page.lastEvaluatedKey();
        } while (!after.isEmpty() && rows.size() < range.limit());
        return rows;
    }

    /**
     * The write as a transaction, under a token by which DynamoDB knows it again: whatever happens to its answers, it is
     * taken once.
     */
    WriteOutcome transact(String partition, Write write, Deadline deadline) {
        Actions actions = Actions.of(name(), partition, write, now());
        String token = UUID.randomUUID().toString();
        return attempts.repeatable(deadline.within(TOKEN_LIFE), within -> {
            try {
                client.transactWriteItems(request -> request.overrideConfiguration(within)
                        .clientRequestToken(token)
                        .transactItems(actions.items()));
                return new WriteOutcome.Written();
            } catch (TransactionCanceledException cancelled) {
                String key = actions.failed(cancelled.cancellationReasons());
                if (key == null) {
                    throw cancelled;
                }
                return new WriteOutcome.Conflict(key);
            }
        });
    }

    /**
     * The write as DynamoDB does it for the least: a plain put or delete costs half of a transaction. It has no token,
     * so where its answer is lost it is not made again: that could refuse itself, or undo what came between.
     */
    WriteOutcome write(String partition, Write write, Deadline deadline) {
        Write.Operation operation = write.operations().getFirst();
        if (write.operations().size() > 1
                || write.conditions().stream().anyMatch(on -> !on.key().equals(operation.key()))) {
            return transact(partition, write, deadline);
        }
        Guard guard = Guard.of(write.conditions(), now());
        return attempts.once(deadline, within -> {
            try {
                switch (operation) {
                    case Write.Operation.Put put ->
                        client.putItem(request -> request.overrideConfiguration(within)
                                .tableName(name())
                                .item(Row.of(partition, put))
                                .conditionExpression(guard.expression())
                                .expressionAttributeValues(guard.values()));
                    case Write.Operation.Delete(String key) ->
                        client.deleteItem(request -> request.overrideConfiguration(within)
                                .tableName(name())
                                .key(Row.key(partition, key))
                                .conditionExpression(guard.expression())
                                .expressionAttributeValues(guard.values()));
                }
                return new WriteOutcome.Written();
            } catch (ConditionalCheckFailedException failed) {
                return new WriteOutcome.Conflict(operation.key());
            }
        });
    }

    private long now() {
        return clock.now().toEpochMilli();
    }

    @Override
    public void close() {
        attempts.close();
        client.close();
    }
}
