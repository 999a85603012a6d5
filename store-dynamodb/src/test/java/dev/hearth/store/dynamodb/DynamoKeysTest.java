package dev.hearth.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.CopyableKeys;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Keys;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.Write;
import dev.hearth.testkit.CopyableKeysContract;
import dev.hearth.testkit.ManualClock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DynamoKeysTest extends CopyableKeysContract {

    private static final Partition ANNA = new Partition("anna0");
    private static final byte[] OPERATOR =
            HexFormat.of().parseHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
    private final DynamoSettings settings = DynamoDbLocal.freshTable();

    @Override
    protected CopyableKeys open() {
        return DynamoKeys.open(settings, OPERATOR, clock);
    }

    @Test
    void twoServersMakeOneKey() throws Exception {
        try (Keys other = open()) {
            for (int round = 0; round < 10; round++) {
                Partition partition = new Partition("q" + round);
                CyclicBarrier start = new CyclicBarrier(2);
                FutureTask<PartitionKey> here = started(start, () -> keys.findOrCreate(partition));
                FutureTask<PartitionKey> there = started(start, () -> other.findOrCreate(partition));
                assertThat(here.get(30, TimeUnit.SECONDS).id())
                        .isEqualTo(there.get(30, TimeUnit.SECONDS).id());
            }
        }
    }

    @Test
    void aKeyDestroyedElsewhereIsKnownToBeGoneSoon() {
        try (Keys other = open()) {
            PartitionKey first = keys.findOrCreate(ANNA);
            assertThat(Objects.requireNonNull(other.find(ANNA)).id()).isEqualTo(first.id());
            assertThat(other.destroy(ANNA)).isTrue();
            assertThat(other.find(ANNA)).isNull();
            assertThat(keys.find(ANNA)).isSameAs(first);
            assertThat(keys.findNow(ANNA)).isNull();
            assertThat(keys.find(ANNA)).isNull();
            assertThat(keys.destroy(ANNA)).isFalse();
            assertThat(keys.findOrCreate(ANNA).id()).isNotEqualTo(first.id());
        }
    }

    @Test
    void aKeyThatIsAskedForAfterAWhileIsReadAgainBehindTheCall() throws Exception {
        try (Keys other = open()) {
            PartitionKey first = keys.findOrCreate(ANNA);
            assertThat(other.destroy(ANNA)).isTrue();
            clock.advance(Duration.ofSeconds(DynamoKeys.FRESH_SECONDS));
            assertThat(keys.find(ANNA)).isSameAs(first);
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (keys.find(ANNA) != null && System.nanoTime() < limit) {
                Thread.onSpinWait();
            }
            assertThat(keys.find(ANNA)).isNull();
            clock.advance(Duration.ofMinutes(DynamoKeys.CACHED_MINUTES));
            assertThat(keys.findOrCreate(ANNA).id()).isNotEqualTo(first.id());
        }
    }

    @Test
    void aTurnAsksForNothing() {
        PartitionKey made = keys.findOrCreate(ANNA);
        try (Table table = Table.connect(settings, clock)) {
            Write delete = new Write(List.of(), List.of(new Write.Operation.Delete("key")));
            table.write(ANNA.name(), delete, soon());
        }
        assertThat(keys.find(ANNA)).isSameAs(made);
    }

    @Test
    void anotherOperatorsKeyIsRefusedAtOpening() {
        byte[] wrong = OPERATOR.clone();
        wrong[31] ^= 1;
        assertThatThrownBy(() -> DynamoKeys.open(settings, wrong, clock))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(settings.table())
                .hasMessageContaining("Use the key this table was first opened with");
        assertThatThrownBy(() -> DynamoKeys.open(settings, new byte[31], clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyOfAnotherPartitionIsNotTakenAndADamagedOneIsSaid() {
        PartitionKey made = keys.findOrCreate(ANNA);
        Partition ben = new Partition("ben1");
        try (Table table = Table.connect(settings, clock)) {
            byte[] wrapped = Objects.requireNonNull(table.get(ANNA.name(), "key", soon()))
                    .value();
            assertThat(HexFormat.of().formatHex(wrapped))
                    .doesNotContain(HexFormat.of().formatHex(made.secret().getEncoded()));
            Write copy = new Write(List.of(), List.of(new Write.Operation.Put("key", 1, wrapped, null)));
            table.write(ben.name(), copy, soon());
        }
        assertThatThrownBy(() -> keys.find(ben))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(StoreException.Kind.CORRUPT))
                .hasMessageContaining("of the partition ben1 in the table " + settings.table());
    }

    private Deadline soon() {
        return Deadline.after(clock, Duration.ofSeconds(30));
    }

    private static <T> FutureTask<T> started(CyclicBarrier start, Callable<T> what) {
        FutureTask<T> task = new FutureTask<>(() -> {
            start.await(30, TimeUnit.SECONDS);
            return what.call();
        });
        Thread.ofVirtual().start(task);
        return task;
    }
}
