package dev.hearth.testkit;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a warm store must answer, said by a sorted map that drops what has expired before each step. */
final class WarmStoreOracle {

    private record Entry(
            long revision, String value, @Nullable Instant expiresAt) {}

    private final Clock clock;
    private final Map<Partition, NavigableMap<String, Entry>> data = new HashMap<>();

    WarmStoreOracle(Clock clock) {
        this.clock = clock;
    }

    Write draw(Random random) {
        List<Write.Condition> conditions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String key = drawKey(random);
            conditions.add(
                    random.nextBoolean()
                            ? new Write.Condition.Absent(key)
                            : new Write.Condition.RevisionIs(key, 1 + random.nextInt(3)));
        }
        Set<String> keys = new LinkedHashSet<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            keys.add(drawKey(random));
        }
        List<Write.Operation> operations = new ArrayList<>();
        for (String key : keys) {
            operations.add(random.nextInt(4) == 0 ? new Write.Operation.Delete(key) : drawPut(random, key));
        }
        return new Write(conditions, operations);
    }

    static Range drawRange(Random random) {
        return new Range(drawKey(random), drawKey(random), 1 + random.nextInt(12), random.nextBoolean());
    }

    WriteOutcome write(Partition partition, Write write) {
        NavigableMap<String, Entry> live = live(partition);
        for (Write.Condition condition : write.conditions()) {
            Entry entry = live.get(condition.key());
            boolean holds = switch (condition) {
                case Write.Condition.Absent ignored -> entry == null;
                case Write.Condition.RevisionIs is -> entry != null && entry.revision() == is.revision();
            };
            if (!holds) {
                return new WriteOutcome.Conflict(condition.key());
            }
        }
        for (Write.Operation operation : write.operations()) {
            switch (operation) {
                case Write.Operation.Put put ->
                    live.put(
                            put.key(),
                            new Entry(
                                    put.revision(), new String(put.value(), StandardCharsets.UTF_8), put.expiresAt()));
                case Write.Operation.Delete delete -> live.remove(delete.key());
            }
        }
        return new WriteOutcome.Written();
    }

    List<Item> range(Partition partition, Range range) {
        NavigableMap<String, Entry> live = live(partition);
        var ordered = range.descending() ? live.descendingMap() : live;
        return ordered.entrySet().stream()
                .filter(e ->
                        e.getKey().compareTo(range.from()) >= 0 && e.getKey().compareTo(range.to()) < 0)
                .limit(range.limit())
                .map(e -> new Item(
                        e.getKey(),
                        e.getValue().revision(),
                        e.getValue().value().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    void drop(Partition partition) {
        data.remove(partition);
    }

    private NavigableMap<String, Entry> live(Partition partition) {
        NavigableMap<String, Entry> items = data.computeIfAbsent(partition, ignored -> new TreeMap<>());
        Instant now = clock.now();
        items.values().removeIf(entry -> {
            Instant expiresAt = entry.expiresAt();
            return expiresAt != null && !now.isBefore(expiresAt);
        });
        return items;
    }

    private Write.Operation.Put drawPut(Random random, String key) {
        byte[] value = ("v" + random.nextInt(1000)).repeat(random.nextInt(20)).getBytes(StandardCharsets.UTF_8);
        Instant expiresAt = random.nextInt(3) == 0 ? clock.now().plusSeconds(random.nextInt(20)) : null;
        return new Write.Operation.Put(key, 1 + random.nextInt(3), value, expiresAt);
    }

    private static String drawKey(Random random) {
        return (random.nextBoolean() ? "a/" : "b") + random.nextInt(12);
    }
}
