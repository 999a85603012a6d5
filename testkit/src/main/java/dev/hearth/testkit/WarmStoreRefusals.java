package dev.hearth.testkit;

import static dev.hearth.spi.StoreException.Kind.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Clauses 1, 6 and 8: what a warm store refuses, and that a refusal changes nothing. */
abstract class WarmStoreRefusals extends WarmStoreFixture {

    @Test
    protected final void aWriteTakesAsManyOperationsAsTheLimitAndNoMore() {
        assertRefused(TOO_LARGE, () -> store.write(ANNA, manyPuts(WarmStore.MAX_OPERATIONS + 1, 1), soon()));
        assertThat(store.exists(ANNA, soon())).isFalse();

        Write most = manyPuts(WarmStore.MAX_OPERATIONS, 1);
        Write andOneMoreKey = new Write(List.of(absent("another")), most.operations());
        assertRefused(TOO_LARGE, () -> store.write(ANNA, andOneMoreKey, soon()));
        assertThat(store.exists(ANNA, soon())).isFalse();

        List<Write.Condition> conditions = new ArrayList<>();
        most.operations().forEach(operation -> conditions.add(absent(operation.key())));
        store.write(ANNA, new Write(conditions, most.operations()), soon());
        assertThat(keys(ANNA, all())).hasSize(WarmStore.MAX_OPERATIONS);
    }

    @Test
    protected final void aValueTakesAsManyBytesAsTheLimitAndNoMore() {
        byte[] largest = filled(WarmStore.MAX_VALUE_BYTES);
        written(ANNA, new Write.Operation.Put("k", 1, largest, null));
        Item item = Objects.requireNonNull(store.get(ANNA, "k", soon()));
        assertThat(item.value()).isEqualTo(largest);

        Write.Operation over = new Write.Operation.Put("k", 2, filled(WarmStore.MAX_VALUE_BYTES + 1), null);
        assertRefused(TOO_LARGE, () -> write(ANNA, List.of(), put("other", 1, "x"), over));
        assertThat(keys(ANNA, all())).containsExactly("k");
        assertThat(store.get(ANNA, "k", soon())).extracting(Item::revision).isEqualTo(1L);
    }

    @Test
    protected final void aWriteTakesAsManyBytesAsTheLimitAndNoMore() {
        int each = WarmStore.MAX_WRITE_BYTES / 16 - "key-00".length();
        store.write(ANNA, manyPuts(16, each), soon());
        assertThat(keys(ANNA, all())).hasSize(16);

        List<Write.Operation> over = new ArrayList<>(manyPuts(16, each).operations());
        over.add(delete("z"));
        assertRefused(TOO_LARGE, () -> store.write(BEN, new Write(List.of(), over), soon()));
        assertThat(store.exists(BEN, soon())).isFalse();
    }

    @Test
    protected final void aKeyTakesAsManyBytesAsTheLimitAndNoMore() {
        String longest = "k".repeat(WarmStore.MAX_KEY_BYTES);
        written(ANNA, put(longest, 1, "long"), put(" ", 1, "low"), put("~", 1, "high"));
        assertThat(keys(ANNA, all())).containsExactly(" ", longest, "~");

        String over = longest + "k";
        assertRefused(TOO_LARGE, () -> write(ANNA, List.of(), put(over, 1, "x")));
        assertRefused(TOO_LARGE, () -> write(ANNA, List.of(absent(over)), put("a", 1, "x")));
        assertRefused(TOO_LARGE, () -> store.get(ANNA, over, soon()));
        assertThat(keys(ANNA, all())).hasSize(3);
    }

    @Test
    protected final void whatNoLimitWouldMakeRightIsTheCallersMistake() {
        for (String key : List.of("", "caf\u00e9", "a\nb", "\u007f")) {
            assertThatThrownBy(() -> write(ANNA, List.of(), put(key, 1, "x")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> write(ANNA, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(ANNA, List.of(), put("a", 0, "x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(ANNA, List.of(), put("a", 1, "x"), delete("a")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.exists(ANNA, soon())).isFalse();
    }

    @Test
    protected final void anExpiredDeadlineIsRefused() {
        written(ANNA, put("a", 1, "x"));
        Deadline past = Deadline.after(clock, Duration.ZERO);
        assertRefused(StoreException.Kind.DEADLINE, () -> store.get(ANNA, "a", past));
        assertRefused(StoreException.Kind.DEADLINE, () -> store.range(ANNA, all(), past));
        assertRefused(
                StoreException.Kind.DEADLINE,
                () -> store.write(ANNA, new Write(List.of(), List.of(put("b", 1, "x"))), past));
        assertThat(keys(ANNA, all())).containsExactly("a");
    }

    @Test
    protected final void aClosedStoreSaysSo() {
        store.close();
        store.close();
        assertRefused(StoreException.Kind.CLOSED, () -> store.get(ANNA, "a", soon()));
        assertRefused(StoreException.Kind.CLOSED, () -> store.range(ANNA, all(), soon()));
        assertRefused(StoreException.Kind.CLOSED, () -> write(ANNA, List.of(), put("a", 1, "x")));
        assertRefused(StoreException.Kind.CLOSED, () -> store.exists(ANNA, soon()));
        assertRefused(StoreException.Kind.CLOSED, () -> store.partitions(soon()));
        assertRefused(StoreException.Kind.CLOSED, () -> store.bytes(ANNA, soon()));
        assertRefused(StoreException.Kind.CLOSED, () -> store.drop(ANNA, soon()));
    }

    private static Write manyPuts(int count, int valueBytes) {
        List<Write.Operation> puts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            puts.add(new Write.Operation.Put(
                    "key-" + (char) ('0' + i / 10) + (char) ('0' + i % 10), 1, filled(valueBytes), null));
        }
        return new Write(List.of(), puts);
    }
}
