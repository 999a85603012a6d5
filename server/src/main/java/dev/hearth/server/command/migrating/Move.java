package dev.hearth.server.command.migrating;

import dev.hearth.MigrationNotes;
import dev.hearth.server.stores.Side;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Partition;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is moved from where to where.
 *
 * @param from nobody may serve it meanwhile
 * @param to nobody may serve it meanwhile
 * @param records whether warm store, keys and ledger are others in {@code to}
 * @param cold whether the cold store is another in {@code to}
 */
public record Move(Side from, Side to, boolean records, boolean cold, Clock clock) {

    /** By name, and the operator's own last: where it is missing, nothing can be served. */
    private static final Comparator<Partition> ORDER =
            Comparator.<Partition, Boolean>comparing(Partition.SYSTEM::equals).thenComparing(Partition::name);

    /** Every partition that one side has anything of, in the order in which they are copied. */
    SortedSet<Partition> partitions(Side side) {
        SortedSet<Partition> found = sorted();
        if (records) {
            found.addAll(side.warm().partitions(Limits.whole(clock)));
            found.addAll(side.keys().partitions(Limits.whole(clock)));
        }
        if (cold) {
            found.addAll(side.cold().partitions(Limits.whole(clock)));
        }
        found.remove(MigrationNotes.PARTITION);
        return found;
    }

    /** Where the target notes how far it is: in what is moved, so that nothing else is held up. */
    MigrationNotes notes() {
        return records ? MigrationNotes.in(to.warm(), clock) : MigrationNotes.in(to.cold(), clock);
    }

    static SortedSet<Partition> sorted() {
        return new TreeSet<>(ORDER);
    }

    static SortedSet<Partition> sorted(Collection<Partition> partitions) {
        SortedSet<Partition> sorted = sorted();
        sorted.addAll(partitions);
        return sorted;
    }
}
