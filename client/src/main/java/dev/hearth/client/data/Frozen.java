package dev.hearth.client.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Open JSON objects as maps and lists that nobody changes, in the order they came; null stays null. */
final class Frozen {

    private Frozen() {}

    static Map<String, @Nullable Object> map(Map<String, ? extends @Nullable Object> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, value(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> named = new LinkedHashMap<>();
                map.forEach((key, inner) -> named.put(String.valueOf(key), inner));
                yield map(named);
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(inner -> copy.add(value(inner)));
                yield Collections.unmodifiableList(copy);
            }
            case null, default -> value;
        };
    }
}
