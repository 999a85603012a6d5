package dev.hearth.store.dynamodb;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Partitions as a whole: which there are, what one takes, and its end. What has expired counts while it is stored. */
final class WholePartition {

    /** Of one BatchWriteItem. */
    private static final int MOST_DELETES = 25;

    /** Of one page, which 1 MB bounds too. */
    private static final int MOST_ROWS = 10_000;

    private final Table table;

    WholePartition(Table table) {
        this.table = table;
    }

    boolean exists(String partition, Deadline deadline) {
        return page(partition, Map.of(), 1, deadline).count() > 0;
    }

    /** Reads every row: DynamoDB's own figures are for the whole table, and hours old. */
    long bytes(String partition, Deadline deadline) {
        long bytes = 0;
        Map<String, AttributeValue> after = Map.of();
        do {
            QueryResponse page = page(partition, after, MOST_ROWS, deadline);
            bytes += page.items().stream().mapToLong(Row::bytes).sum();
            after = page.lastEvaluatedKey();
        } while (!after.isEmpty());
        return bytes;
    }

    /** Until a pass finds nothing. Where the deadline comes first, the next call goes on. */
    Removal drop(String partition, Deadline deadline) {
        Removal removed = Removal.NOTHING;
        Removal before;
        do {
            before = removed;
            Map<String, AttributeValue> after = Map.of();
            do {
                QueryResponse page = page(partition, after, MOST_ROWS, deadline);
                delete(partition, page.items(), deadline);
                long bytes = page.items().stream().mapToLong(Row::bytes).sum();
                removed = removed.plus(new Removal(page.items().size(), bytes));
                after = page.lastEvaluatedKey();
            } while (!after.isEmpty());
        } while (!removed.equals(before));
        return removed;
    }

    List<Partition> partitions(Deadline deadline) {
        return names(deadline).stream().map(Partition::new).toList();
    }

    /** What stands as a partition in the table, by scanning it; not all of it need be one's name. */
    Set<String> names(Deadline deadline) {
        Set<String> names = new LinkedHashSet<>();
        Map<String, AttributeValue> after = Map.of();
        do {
            Map<String, AttributeValue> start = after;
            ScanResponse page = table.attempts()
                    .reading(
                            deadline,
                            within -> table.client()
                                    .scan(request -> request.overrideConfiguration(within)
                                            .tableName(table.name())
                                            .consistentRead(true)
                                            .projectionExpression(Row.PARTITION)
                                            .exclusiveStartKey(start.isEmpty() ? null : start)));
            page.items()
                    .forEach(row -> names.add(Row.attribute(row, Row.PARTITION).s()));
            after = page.lastEvaluatedKey();
        } while (!after.isEmpty());
        return names;
    }

    private QueryResponse page(String partition, Map<String, AttributeValue> after, int limit, Deadline deadline) {
        return table.attempts()
                .reading(
                        deadline,
                        within -> table.client()
                                .query(request -> request.overrideConfiguration(within)
                                        .tableName(table.name())
                                        .consistentRead(true)
                                        .keyConditionExpression(Row.PARTITION + " = :p")
                                        .expressionAttributeValues(Map.of(":p", AttributeValue.fromS(partition)))
                                        .limit(limit)
                                        .exclusiveStartKey(after.isEmpty() ? null : after)));
    }

    private void delete(String partition, List<Map<String, AttributeValue>> rows, Deadline deadline) {
        for (int from = 0; from < rows.size(); from += MOST_DELETES) {
            List<WriteRequest> open = new ArrayList<>();
            for (var row : rows.subList(from, Math.min(from + MOST_DELETES, rows.size()))) {
                var key = Row.key(partition, Row.attribute(row, Row.KEY).s());
                open.add(WriteRequest.builder()
                        .deleteRequest(delete -> delete.key(key))
                        .build());
            }
            for (int fruitless = 0; !open.isEmpty(); ) {
                List<WriteRequest> ask = open;
                open = table.attempts()
                        .repeatable(
                                deadline,
                                within -> table.client()
                                        .batchWriteItem(request -> request.overrideConfiguration(within)
                                                .requestItems(Map.of(table.name(), ask))))
                        .unprocessedItems()
                        .getOrDefault(table.name(), List.of());
                if (open.size() == ask.size()) {
                    table.attempts().waitBefore(fruitless++, deadline, true, null);
                }
            }
        }
    }
}
