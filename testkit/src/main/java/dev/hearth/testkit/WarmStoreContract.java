package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.Removal;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every {@link dev.hearth.spi.WarmStore} does. An adapter's test extends this class and says how to
 * {@link #open} a store that reads {@link #clock}. Real time passes at most until a call's deadline.
 */
public abstract class WarmStoreContract extends WarmStoreRaces {

    /** How many steps the random comparison with a sorted map takes. */
    protected int randomSteps() {
        return 1_500;
    }

    @Test
    protected final void keysAreOrderedByTheirBytes() {
        written(ANNA, put("b", 1, ""), put("a/2", 1, ""), put("a/10", 1, ""), put("B", 1, ""), put("a", 1, ""));
        written(ANNA, put("~", 1, ""), put(" x", 1, ""), put("a-", 1, ""), put("_", 1, ""));
        assertThat(keys(ANNA, all())).containsExactly(" x", "B", "_", "a", "a-", "a/10", "a/2", "b", "~");
    }

    @Test
    protected final void rangesRunBothWaysWithinTheirBoundsAndLimit() {
        for (char c = 'a'; c <= 'h'; c++) {
            written(ANNA, put("m/" + c, c, "" + c));
        }
        written(ANNA, put("m", 1, ""), put("m0", 1, ""));
        assertThat(keys(ANNA, new Range("m/c", "m/f", 100, false))).containsExactly("m/c", "m/d", "m/e");
        assertThat(keys(ANNA, new Range("m/c", "m/f", 2, false))).containsExactly("m/c", "m/d");
        assertThat(keys(ANNA, new Range("m/c", "m/f", 2, true))).containsExactly("m/e", "m/d");
        assertThat(keys(ANNA, Range.prefix("m/", 100)))
                .hasSize(8)
                .startsWith("m/a")
                .endsWith("m/h");
        assertThat(keys(ANNA, new Range("m/f", "m/c", 100, false))).isEmpty();
        assertThat(keys(ANNA, new Range("m/c", "m/c", 100, true))).isEmpty();
        assertThat(keys(BEN, all())).isEmpty();
    }

    @Test
    protected final void anItemCarriesItsRevisionAndItsBytes() {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        byte[] given = every.clone();
        written(ANNA, new Write.Operation.Put("k", Long.MAX_VALUE, given, null), put("empty", 7, ""));
        given[0] = 99;
        Item item = Objects.requireNonNull(store.get(ANNA, "k", soon()));
        assertThat(item.key()).isEqualTo("k");
        assertThat(item.revision()).isEqualTo(Long.MAX_VALUE);
        assertThat(item.value()).isEqualTo(every);
        item.value()[1] = 99;
        assertThat(store.range(ANNA, all(), soon()))
                .satisfiesExactly(
                        empty -> {
                            assertThat(empty.value()).isEmpty();
                            assertThat(empty.revision()).isEqualTo(7);
                        },
                        again -> assertThat(again.value()).isEqualTo(every));
        assertThat(store.get(ANNA, "none", soon())).isNull();
    }

    @Test
    protected final void aFailingConditionChangesNothing() {
        written(ANNA, put("a", 3, "old"), put("b", 1, "old"));
        assertThat(write(
                        ANNA,
                        List.of(revisionIs("a", 3), absent("b")),
                        put("a", 4, "new"),
                        put("c", 1, "new"),
                        delete("b")))
                .isEqualTo(new WriteOutcome.Conflict("b"));
        assertThat(write(ANNA, List.of(revisionIs("a", 2)), delete("a"))).isEqualTo(new WriteOutcome.Conflict("a"));
        assertThat(write(ANNA, List.of(revisionIs("none", 1)), put("none", 2, "")))
                .isEqualTo(new WriteOutcome.Conflict("none"));
        assertThat(keys(ANNA, all())).containsExactly("a", "b");
        assertThat(value(ANNA, "a")).isEqualTo("old");

        assertThat(write(
                        ANNA,
                        List.of(revisionIs("a", 3), revisionIs("b", 1), absent("c")),
                        put("a", 4, "new"),
                        delete("b")))
                .isEqualTo(new WriteOutcome.Written());
        assertThat(keys(ANNA, all())).containsExactly("a");
        assertThat(value(ANNA, "a")).isEqualTo("new");
    }

    @Test
    protected final void severalKeysAreReadAtOnceInTheirOrder() {
        written(ANNA, put("a", 1, "1"), put("b", 2, "2"), put("c", 3, "3"));
        assertThat(store.getAll(ANNA, List.of("c", "none", "a"), soon()))
                .extracting(Item::key)
                .containsExactly("c", "a");
        assertThat(store.getAll(BEN, List.of("a"), soon())).isEmpty();
        assertThatThrownBy(() -> store.getAll(ANNA, List.of(), soon())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.getAll(ANNA, List.of("a", "a"), soon()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    protected final void aConflictMakesNoPartition() {
        assertThat(write(ANNA, List.of(revisionIs("a", 1)), put("a", 2, ""))).isEqualTo(new WriteOutcome.Conflict("a"));
        assertThat(store.exists(ANNA, soon())).isFalse();
        assertThat(store.partitions(soon())).isEmpty();
    }

    @Test
    protected final void whatHasExpiredIsAbsentEverywhere() {
        Instant end = clock.now().plusSeconds(60);
        written(ANNA, put("a", 1, "short", end), put("b", 1, "long"), put("c", 1, "short", end));
        clock.advance(Duration.ofMillis(59_999));
        assertThat(keys(ANNA, all())).containsExactly("a", "b", "c");
        assertThat(write(ANNA, List.of(absent("a")), put("a", 2, ""))).isEqualTo(new WriteOutcome.Conflict("a"));

        clock.advance(Duration.ofMillis(1));
        assertThat(store.get(ANNA, "a", soon())).isNull();
        assertThat(keys(ANNA, all())).containsExactly("b");
        assertThat(keys(ANNA, new Range("a", "z", 1, true))).containsExactly("b");
        assertThat(write(ANNA, List.of(revisionIs("c", 1)), put("c", 2, ""))).isEqualTo(new WriteOutcome.Conflict("c"));
        assertThat(write(ANNA, List.of(absent("a")), put("a", 2, "again"))).isEqualTo(new WriteOutcome.Written());
        written(ANNA, put("x", 1, ""));
        assertThat(keys(ANNA, all())).containsExactly("a", "b", "x");
        clock.advance(Duration.ofDays(1));
        assertThat(value(ANNA, "a")).isEqualTo("again");
    }

    @Test
    protected final void partitionsShareNothing() {
        written(ANNA, put("k", 1, "anna"));
        assertThat(store.exists(BEN, soon())).isFalse();
        assertThat(store.get(BEN, "k", soon())).isNull();
        assertThat(store.bytes(BEN, soon())).isZero();
        assertThat(write(BEN, List.of(absent("k")), put("k", 5, "ben"))).isEqualTo(new WriteOutcome.Written());
        assertThat(value(ANNA, "k")).isEqualTo("anna");
        assertThat(store.partitions(soon())).containsExactlyInAnyOrder(ANNA, BEN);

        store.drop(ANNA, soon());
        assertThat(value(BEN, "k")).isEqualTo("ben");
        assertThat(store.partitions(soon())).containsExactly(BEN);
    }

    @Test
    protected final void aDropRemovesEverythingAndSaysHowMuch() {
        assertThat(store.drop(ANNA, soon())).isEqualTo(Removal.NOTHING);
        written(ANNA, put("a", 1, "x".repeat(1000)), put("b", 1, "y".repeat(1000)), put("c", 1, ""));
        assertThat(store.bytes(ANNA, soon())).isGreaterThanOrEqualTo(2000);

        Removal removal = store.drop(ANNA, soon());
        assertThat(removal.removed()).isEqualTo(3);
        assertThat(removal.bytes()).isGreaterThanOrEqualTo(2000);
        assertThat(store.exists(ANNA, soon())).isFalse();
        assertThat(store.bytes(ANNA, soon())).isZero();
        assertThat(keys(ANNA, all())).isEmpty();
        assertThat(store.drop(ANNA, soon())).isEqualTo(Removal.NOTHING);

        assertThat(write(ANNA, List.of(absent("a")), put("a", 1, "back"))).isEqualTo(new WriteOutcome.Written());
        assertThat(keys(ANNA, all())).containsExactly("a");
        store = reopen(store);
        assertThat(keys(ANNA, all())).containsExactly("a");
    }

    @Test
    protected final void whatWasWrittenSurvivesAReopening() {
        Instant end = clock.now().plusSeconds(60);
        written(ANNA, put("a", 1, "one"), put("b", 2, "two"), put("c", 3, "three", end));
        written(ANNA, put("a", 9, "changed"), delete("b"));
        written(BEN, put("k", 1, "ben"));
        store.drop(BEN, soon());
        store = reopen(store);
        assertThat(keys(ANNA, all())).containsExactly("a", "c");
        assertThat(store.get(ANNA, "a", soon())).extracting(Item::revision).isEqualTo(9L);
        assertThat(store.exists(BEN, soon())).isFalse();
        assertThat(store.partitions(soon())).containsExactly(ANNA);
        clock.advance(Duration.ofSeconds(60));
        assertThat(keys(ANNA, all())).containsExactly("a");
    }

    @Test
    protected final void behavesAsASortedMapDoes() {
        long seed = new Random().nextLong();
        System.out.println("WarmStoreContract.behavesAsASortedMapDoes: seed " + seed);
        Random random = new Random(seed);
        WarmStoreOracle oracle = new WarmStoreOracle(clock);
        List<Partition> partitions = List.of(ANNA, BEN, Partition.SYSTEM);
        for (int step = 0; step < randomSteps(); step++) {
            String where = "seed " + seed + ", step " + step;
            Partition partition = partitions.get(random.nextInt(partitions.size()));
            int dice = random.nextInt(100);
            if (dice < 55) {
                Write write = oracle.draw(random);
                assertThat(store.write(partition, write, soon())).as(where).isEqualTo(oracle.write(partition, write));
            } else if (dice < 85) {
                Range range = WarmStoreOracle.drawRange(random);
                assertThat(printed(store.range(partition, range, soon())))
                        .as(where)
                        .isEqualTo(printed(oracle.range(partition, range)));
            } else if (dice < 95) {
                clock.advance(Duration.ofSeconds(random.nextInt(8)));
            } else if (dice < 98) {
                store.drop(partition, soon());
                oracle.drop(partition);
            } else {
                store = reopen(store);
            }
        }
    }

    private static List<String> printed(List<Item> items) {
        List<String> printed = new ArrayList<>();
        items.forEach(item -> printed.add(item.key() + "@" + item.revision() + "=" + text(item.value())));
        return printed;
    }
}
