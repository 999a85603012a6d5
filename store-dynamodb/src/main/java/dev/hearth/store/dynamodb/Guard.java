package dev.hearth.store.dynamodb;

import dev.hearth.spi.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The conditions on one row as DynamoDB reads them. A row whose expiry has passed counts as absent.
 *
 * @param expression null where there is no condition
 * @param values what the expression names; null where it is null, for DynamoDB refuses values that nothing names
 */
record Guard(@Nullable String expression, @Nullable Map<String, AttributeValue> values) {

    static final Guard NONE = new Guard(null, null);

    private static final String ABSENT = "(attribute_not_exists(" + Row.PARTITION + ") OR " + Row.EXPIRES + " <= :now)";

    /** What every row that is read must be. */
    static final String LIVE = "(attribute_not_exists(" + Row.EXPIRES + ") OR " + Row.EXPIRES + " > :now)";

    /** All of {@code conditions}, which are on the same key, at the time {@code now}. */
    static Guard of(List<Write.Condition> conditions, long now) {
        if (conditions.isEmpty()) {
            return NONE;
        }
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":now", Row.number(now));
        List<String> expressions = new ArrayList<>();
        for (Write.Condition condition : conditions) {
            expressions.add(
                    switch (condition) {
                        case Write.Condition.Absent ignored -> ABSENT;
                        case Write.Condition.RevisionIs(String ignored, long revision) -> {
                            String name = ":r" + values.size();
                            values.put(name, Row.number(revision));
                            yield Row.REVISION + " = " + name + " AND " + LIVE;
                        }
                    });
        }
        return new Guard(String.join(" AND ", expressions), values);
    }
}
