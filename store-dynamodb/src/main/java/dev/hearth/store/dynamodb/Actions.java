package dev.hearth.store.dynamodb;

import dev.hearth.spi.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * A write as DynamoDB takes it: at most one action on each row. The conditions on a row that is written stand in its
 * own action; each other row with conditions has a check.
 *
 * @param keys the row of each action
 * @param items the actions
 * @param conditional the keys with conditions, in the order in which the write names them
 */
record Actions(List<String> keys, List<TransactWriteItem> items, List<String> conditional) {

    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    static Actions of(String table, String partition, Write write, long now) {
        Map<String, List<Write.Condition>> conditions = byKey(write);
        List<String> conditional = List.copyOf(conditions.keySet());
        List<String> keys = new ArrayList<>();
        List<TransactWriteItem> items = new ArrayList<>();
        for (Write.Operation operation : write.operations()) {
            List<Write.Condition> own = conditions.remove(operation.key());
            Guard guard = own == null ? Guard.NONE : Guard.of(own, now);
            keys.add(operation.key());
            items.add(action(table, partition, operation, guard));
        }
        conditions.forEach((key, others) -> {
            Guard guard = Guard.of(others, now);
            keys.add(key);
            items.add(TransactWriteItem.builder()
                    .conditionCheck(check -> check.tableName(table)
                            .key(Row.key(partition, key))
                            .conditionExpression(guard.expression())
                            .expressionAttributeValues(guard.values()))
                    .build());
        });
        return new Actions(keys, items, conditional);
    }

    /** The first conditional key whose condition failed, or null where none did: the reasons stand as the actions do. */
    @Nullable
    String failed(List<CancellationReason> reasons) {
        Set<String> failed = new HashSet<>();
        for (int i = 0; i < reasons.size(); i++) {
            if (CONDITION_FAILED.equals(reasons.get(i).code())) {
                failed.add(keys.get(i));
            }
        }
        return conditional.stream().filter(failed::contains).findFirst().orElse(null);
    }

    private static Map<String, List<Write.Condition>> byKey(Write write) {
        Map<String, List<Write.Condition>> conditions = new LinkedHashMap<>();
        for (Write.Condition condition : write.conditions()) {
            conditions
                    .computeIfAbsent(condition.key(), key -> new ArrayList<>())
                    .add(condition);
        }
        return conditions;
    }

    private static TransactWriteItem action(String table, String partition, Write.Operation operation, Guard guard) {
        return switch (operation) {
            case Write.Operation.Put put ->
                TransactWriteItem.builder()
                        .put(to -> to.tableName(table)
                                .item(Row.of(partition, put))
                                .conditionExpression(guard.expression())
                                .expressionAttributeValues(guard.values()))
                        .build();
            case Write.Operation.Delete(String key) ->
                TransactWriteItem.builder()
                        .delete(from -> from.tableName(table)
                                .key(Row.key(partition, key))
                                .conditionExpression(guard.expression())
                                .expressionAttributeValues(guard.values()))
                        .build();
        };
    }
}
