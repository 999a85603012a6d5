package dev.hearth.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What DynamoDB answers in pages (1 MB of a query, 16 MB of a batch) and hides behind a filter. */
final class PagesTest {

    private static final Partition ANNA = new Partition("anna0");

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
    private final WarmStore store = DynamoWarmStore.open(DynamoDbLocal.freshTable(), clock);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void manyLargeItemsAreReadCountedAndDroppedWhole() {
        int each = 300_000;
        List<String> keys = new ArrayList<>();
        for (int i = 100; i < 160; i += 10) {
            List<Write.Operation> puts = new ArrayList<>();
            for (int j = i; j < i + 10; j++) {
                keys.add("k" + j);
                puts.add(new Write.Operation.Put("k" + j, j, new byte[each], null));
            }
            store.write(ANNA, new Write(List.of(), puts), soon());
        }
        assertThat(store.range(ANNA, Range.prefix("k", 1_000), soon()))
                .extracting(Item::key)
                .isEqualTo(keys);
        Collections.shuffle(keys, new java.util.Random(7));
        assertThat(store.getAll(ANNA, keys, soon())).extracting(Item::key).isEqualTo(keys);
        assertThat(store.bytes(ANNA, soon())).isBetween(60L * each, 60L * (each + 100));
        assertThat(store.partitions(soon())).containsExactly(ANNA);
        var removal = store.drop(ANNA, soon());
        assertThat(removal.removed()).isEqualTo(60);
        assertThat(removal.bytes()).isBetween(60L * each, 60L * (each + 100));
        assertThat(store.exists(ANNA, soon())).isFalse();
    }

    @Test
    void aLimitCountsWhatIsAliveAndWithinTheBounds() {
        Instant end = clock.now().plusSeconds(1);
        for (int i = 10; i < 90; i++) {
            put("k" + i, i % 8 == 0 ? null : end);
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys(new Range("k10", "k80", 3, false))).containsExactly("k16", "k24", "k32");
        assertThat(keys(new Range("k10", "k80", 3, true))).containsExactly("k72", "k64", "k56");
        assertThat(keys(new Range("", "k80", Integer.MAX_VALUE, true)))
                .hasSize(8)
                .startsWith("k72");
        assertThat(keys(new Range("k80", "k81", 1, true))).containsExactly("k80");
        assertThat(keys(new Range("k80", "", 1, true))).isEmpty();
        // What has expired takes room until DynamoDB or a drop removes it.
        assertThat(store.drop(ANNA, soon()).removed()).isEqualTo(80);
    }

    private List<String> keys(Range range) {
        return store.range(ANNA, range, soon()).stream().map(Item::key).toList();
    }

    private void put(String key, @Nullable Instant end) {
        store.write(ANNA, new Write(List.of(), List.of(new Write.Operation.Put(key, 1, new byte[1], end))), soon());
    }

    private Deadline soon() {
        return Deadline.after(clock, Duration.ofSeconds(30));
    }
}
