package dev.hearth.store.sqlite;

import static dev.hearth.store.sqlite.Warm.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints what calls cost here; asserts nothing about time. Called on a virtual thread, as the engine does. */
@Tag("long")
final class CostsTest {

    @TempDir
    Path folder;

    private final Random random = new Random(1);

    @Test
    void printWhatCallsCost() throws InterruptedException {
        Thread caller = Thread.ofVirtual().start(this::measure);
        caller.join();
        assertThat(caller.isAlive()).isFalse();
    }

    private void measure() {
        try (WarmStore store = SqliteWarmStore.open(folder, Clock.system(), new Sizing(16, 16, 64))) {
            Partition partition = new Partition("p0");
            print("write of 3 puts of 600 bytes", 2_000, i -> write(store, partition, i));
            print("get", 2_000, i -> store.get(partition, "m/0000000" + i % 10 + "/1", soon()));
            print(
                    "range of 1,000 items of 600 bytes",
                    200,
                    i -> assertThat(store.range(partition, Range.prefix("m/", 1_000), soon()))
                            .hasSize(1_000));
            print("first write of a new partition", 300, i -> write(store, new Partition("u" + i), 0));
            print("write with a cold open", 300, i -> write(store, new Partition("u" + i), 1));
            print("get with a cold open", 300, i -> store.get(new Partition("u" + i), "state", soon()));
        }
        try (WarmStore store = SqliteWarmStore.open(folder, Clock.system())) {
            System.out.println("CostsTest: a partition of 5 items of 600 bytes takes "
                    + store.bytes(new Partition("u7"), soon()) + " bytes");
        }
    }

    private void write(WarmStore store, Partition partition, int i) {
        String digits = Integer.toString(i);
        String key = "m/" + "0".repeat(8 - digits.length()) + digits;
        store.write(
                partition,
                new Write(
                        i == 0 ? List.of() : List.of(new Write.Condition.RevisionIs("state", i)),
                        List.of(put("state", i + 1), put(key + "/1", 1), put(key + "/2", 1))),
                soon());
    }

    private Write.Operation put(String key, long revision) {
        byte[] value = new byte[600];
        random.nextBytes(value);
        return new Write.Operation.Put(key, revision, value, null);
    }

    private static void print(String what, int times, Call call) {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            call.make(i);
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        System.out.println("CostsTest: " + what + ": p50 " + nanos[times / 2] / 1_000 + " us, p99 "
                + nanos[times * 99 / 100] / 1_000 + " us");
    }

    @FunctionalInterface
    private interface Call {
        void make(int i);
    }
}
