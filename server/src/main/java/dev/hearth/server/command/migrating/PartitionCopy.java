package dev.hearth.server.command.migrating;

import dev.hearth.spi.ColdStore;
import dev.hearth.spi.CopyableKeys;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.Write;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Makes one partition of the target what it is in the source: writes what is missing or other there, removes what the
 * source has not. First the key, then what is old, then the records that name it: a copy cut off anywhere lacks
 * something and points at nothing that is not there.
 */
final class PartitionCopy {

    private final Move move;
    private final Report report;

    PartitionCopy(Move move, Report report) {
        this.move = move;
        this.report = report;
    }

    void copy(Partition partition) {
        if (move.records()) {
            copyKey(partition);
        }
        if (move.cold()) {
            copyObjects(partition);
        }
        if (move.records()) {
            copyRecords(partition);
        }
    }

    /** Removes a partition that the source has no more; the key first, as an erasure does. */
    void drop(Partition partition) {
        if (move.records()) {
            boolean ignored = move.to().keys().destroy(partition);
            move.to().warm().drop(partition, Limits.whole(move.clock()));
        }
        if (move.cold()) {
            move.to().cold().drop(partition, Limits.whole(move.clock()));
        }
        report.dropped();
    }

    private void copyKey(Partition partition) {
        CopyableKeys target = move.to().keys();
        byte[] key = move.from().keys().wrapped(partition);
        byte[] there = target.wrapped(partition);
        if (Arrays.equals(key, there)) {
            return;
        }
        if (there != null) {
            boolean ignored = target.destroy(partition);
            report.removed();
        }
        if (key != null) {
            if (!target.putWrapped(partition, key)) {
                throw changing("The key of the partition " + partition);
            }
            report.written();
        }
    }

    private void copyObjects(Partition partition) {
        ColdStore source = move.from().cold();
        ColdStore target = move.to().cold();
        List<String> here = source.list(partition, "", Limits.object(move.clock()));
        TreeSet<String> there = new TreeSet<>(target.list(partition, "", Limits.object(move.clock())));
        for (String name : here) {
            byte[] bytes = source.get(partition, name, Limits.object(move.clock()));
            if (bytes == null) {
                // Left in the target's list where it is there too, and removed with the rest.
                continue;
            }
            if (there.remove(name)) {
                if (Arrays.equals(bytes, target.get(partition, name, Limits.object(move.clock())))) {
                    continue;
                }
                target.delete(partition, name, Limits.object(move.clock()));
            }
            if (!target.putIfAbsent(partition, name, bytes, Limits.object(move.clock()))) {
                throw changing("A cold object of the partition " + partition);
            }
            report.written();
        }
        for (String name : there) {
            target.delete(partition, name, Limits.object(move.clock()));
            report.removed();
        }
    }

    /** Both sides are ordered by their keys, so one walk along both finds every difference. */
    private void copyRecords(Partition partition) {
        Records source = new Records(move.from().warm(), partition, move.clock());
        Records target = new Records(move.to().warm(), partition, move.clock());
        Writes writes = new Writes(move.to().warm(), partition, move.clock());
        while (true) {
            Write.Operation.Put here = source.peek();
            Write.Operation.Put there = target.peek();
            if (here == null && there == null) {
                break;
            }
            int order = here == null ? 1 : there == null ? -1 : here.key().compareTo(there.key());
            if (here != null && order <= 0) {
                if (there == null || order < 0 || !same(here, there)) {
                    writes.add(here);
                    report.written();
                }
                source.next();
            }
            if (there != null && order >= 0) {
                if (order > 0) {
                    writes.add(new Write.Operation.Delete(there.key()));
                    report.removed();
                }
                target.next();
            }
        }
        writes.flush();
    }

    private static boolean same(Write.Operation.Put one, Write.Operation.Put other) {
        return one.revision() == other.revision()
                && Objects.equals(one.expiresAt(), other.expiresAt())
                && Arrays.equals(one.value(), other.value());
    }

    private StoreException changing(String what) {
        return new StoreException(
                StoreException.Kind.UNAVAILABLE,
                what + " was put into " + move.to().place() + " by somebody else meanwhile. End every server and every"
                        + " other migration there.");
    }
}
