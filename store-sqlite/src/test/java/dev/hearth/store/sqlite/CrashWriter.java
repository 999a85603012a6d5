package dev.hearth.store.sqlite;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Partition;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.WriteOutcome;
import java.nio.file.Path;
import java.util.List;

/** A process that writes numbers into three partitions, says each one that is durable, and waits to be killed. */
final class CrashWriter {

    static final List<Partition> PARTITIONS = List.of(new Partition("a0"), new Partition("b1"), new Partition("c2"));

    private CrashWriter() {}

    public static void main(String[] arguments) {
        // Two lanes with one open file each: files are closed and opened again all the time.
        try (WarmStore store = SqliteWarmStore.open(Path.of(arguments[0]), Clock.system(), new Sizing(2, 2, 64))) {
            int[] next = new int[PARTITIONS.size()];
            for (int i = 0; i < next.length; i++) {
                next[i] = Warm.length(store, PARTITIONS.get(i)) + 1;
            }
            System.out.println("ready");
            for (int turn = 0; ; turn++) {
                int which = turn % next.length;
                int number = next[which]++;
                if (Warm.writeNumber(store, PARTITIONS.get(which), number) instanceof WriteOutcome.Conflict) {
                    throw new IllegalStateException("Nobody else writes here.");
                }
                System.out.println(which + " " + number);
            }
        }
    }
}
