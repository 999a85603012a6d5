package dev.hearth.server.command.migrating;

import dev.hearth.spi.Partition;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was done and what was found. Names partitions by their opaque names and nobody else. */
public final class Report {

    private static final int NAMED = 20;

    private final Move move;
    private final Totals source = new Totals();
    private final Totals target = new Totals();
    private final SortedMap<String, String> different = new TreeMap<>();
    private long written;
    private long removed;
    private long dropped;
    private long unfinishedErasures;

    Report(Move move) {
        this.move = move;
    }

    synchronized void written() {
        written++;
    }

    synchronized void removed() {
        removed++;
    }

    synchronized void dropped() {
        dropped++;
    }

    synchronized void compared(Partition partition, PartitionSum here, PartitionSum there) {
        source.add(partition, here);
        target.add(partition, there);
        List<String> differences = here.differences(there);
        if (!differences.isEmpty()) {
            different.putIfAbsent(partition.name(), String.join(", ", differences));
        }
    }

    /** A partition of which something is damaged, so that it could not be copied or compared. */
    synchronized void unreadable(Partition partition, String why) {
        different.putIfAbsent(partition.name(), why);
    }

    synchronized void erasures(int here, int there, boolean same, long unfinished) {
        source.erasures = here;
        target.erasures = there;
        unfinishedErasures = unfinished;
        if (!same) {
            different.put("(erasures)", "the ledgers");
        }
    }

    /** Whether the target is now what the source is. */
    public boolean same() {
        return different.isEmpty();
    }

    /** The names of what differs, and how. */
    public SortedMap<String, String> different() {
        return different;
    }

    /** How many keys, records and objects were written, which is none where nothing had changed. */
    public long writes() {
        return written + removed + dropped;
    }

    public void print(PrintWriter out) {
        out.println("From  " + move.from().place());
        out.println("To    " + move.to().place());
        out.println();
        out.println(String.format(Locale.ROOT, "  %-26s %18s %18s", "", "source", "target"));
        row(out, "partitions", source.partitions, target.partitions);
        if (move.records()) {
            row(out, "keys", source.keys, target.keys);
            row(out, "records", source.records, target.records);
            row(out, "bytes of records", source.recordBytes, target.recordBytes);
            row(out, "entries of erasures", source.erasures, target.erasures);
        }
        if (move.cold()) {
            row(out, "cold objects", source.objects, target.objects);
            row(out, "bytes of cold objects", source.objectBytes, target.objectBytes);
        }
        out.println(String.format(Locale.ROOT, "  %-26s %18s %18s", "checksum", source.checksum(), target.checksum()));
        out.println();
        out.println(String.format(
                Locale.ROOT, "Written %,d, removed %,d, partitions dropped %,d.", written, removed, dropped));
        if (unfinishedErasures > 0) {
            out.println(String.format(
                    Locale.ROOT,
                    "Erasures that the source had not finished: %,d. The target finishes them when it is first served.",
                    unfinishedErasures));
        }
        different.entrySet().stream()
                .limit(NAMED)
                .forEach(each -> out.println("Differs: " + each.getKey() + ": " + each.getValue()));
        out.println(
                same()
                        ? "The target is the same as the source and can be served."
                        : String.format(
                                Locale.ROOT,
                                "%,d of them differ, so the target cannot be served yet. Make sure that nobody serves the"
                                        + " source, and run this again.",
                                different.size()));
        out.flush();
    }

    private static void row(PrintWriter out, String name, long here, long there) {
        out.println(String.format(Locale.ROOT, "  %-26s %,18d %,18d", name, here, there));
    }
}
