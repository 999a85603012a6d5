package dev.hearth.server.command.migrating;

import dev.hearth.MigrationNotes;
import dev.hearth.spi.Erasure;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The target, taken for this migration: what stands in its notes. They say of which source it is being filled, and which
 * partitions came from there, so that nothing else is ever changed or removed. The source is told by the id of its
 * system's key, which is random, not secret, and the same wherever it was moved.
 */
final class Claim {

    private static final String ORIGIN = "origin";
    private static final String KNOWN = "known/";

    /** A name and a line feed have 65 bytes at most, and a value 350 KB. */
    private static final int NAMES = 5_000;

    private final MigrationNotes notes;
    private final String origin;
    private final Set<Partition> known;

    private Claim(MigrationNotes notes, String origin, Set<Partition> known) {
        this.notes = notes;
        this.origin = origin;
        this.known = known;
    }

    /**
     * Looks at both sides and writes nothing.
     *
     * @throws Unfit where the target holds anything that did not come from this source, or the source is no whole one
     */
    static Claim of(Move move) {
        refuseUnfinishedSource(move);
        PartitionKey system = move.from().keys().find(Partition.SYSTEM);
        if (system == null) {
            throw new Unfit("There is nothing to move from " + move.from().place()
                    + ": it was never served, or its keys are missing.");
        }
        String origin = Long.toHexString(system.id());
        MigrationNotes notes = move.notes();
        byte[] noted = notes.get(ORIGIN);
        if (noted != null && !text(noted).equals(origin)) {
            throw new Unfit("The target, " + move.to().place() + ", was filled from another source before. Nothing was"
                    + " written. Finish that migration, or name a target that is empty.");
        }
        Set<Partition> known = known(notes);
        refuseForeign(move, known);
        refuseOtherErasures(move);
        return new Claim(notes, origin, known);
    }

    private static void refuseUnfinishedSource(Move move) {
        if (unfinished(MigrationNotes.in(move.from().warm(), move.clock()))
                || (move.cold() && unfinished(MigrationNotes.in(move.from().cold(), move.clock())))) {
            throw new Unfit("The source, " + move.from().place() + ", is itself being filled by a migration that is not"
                    + " finished. Nothing was written. Finish that one first.");
        }
    }

    private static boolean unfinished(MigrationNotes notes) {
        return notes.names().contains(MigrationNotes.UNFINISHED);
    }

    private static void refuseForeign(Move move, Set<Partition> known) {
        List<Partition> foreign = move.partitions(move.to()).stream()
                .filter(partition -> !known.contains(partition))
                .toList();
        if (!foreign.isEmpty()) {
            throw new Unfit("The target, " + move.to().place() + ", holds " + foreign.size()
                    + (foreign.size() == 1 ? " partition" : " partitions")
                    + " that did not come from this migration (" + foreign.getFirst()
                    + (foreign.size() == 1 ? "" : ", ...")
                    + "): it has been served, or is another installation's. Nothing was written. Name a target that is"
                    + " empty.");
        }
    }

    private static void refuseOtherErasures(Move move) {
        if (!move.records()) {
            return;
        }
        List<Erasure> there = move.to().erasures().entries();
        List<Erasure> here = move.from().erasures().entries();
        if (there.size() > here.size() || !there.equals(here.subList(0, there.size()))) {
            throw new Unfit("The ledger of erasures in the target, " + move.to().place() + ", has entries that the"
                    + " source has not: it has been served, or is another installation's. Nothing was written. Name a"
                    + " target that is empty.");
        }
    }

    private static Set<Partition> known(MigrationNotes notes) {
        Set<Partition> known = new HashSet<>();
        for (String name : notes.names()) {
            if (name.startsWith(KNOWN)) {
                text(Objects.requireNonNull(notes.get(name)))
                        .lines()
                        .map(Partition::new)
                        .forEach(known::add);
            }
        }
        return known;
    }

    /** Keeps everybody from serving the target, and notes what will come into it; before anything does. */
    void begin(Set<Partition> coming) {
        notes.put(MigrationNotes.UNFINISHED, new byte[0]);
        notes.put(ORIGIN, bytes(origin));
        List<Partition> fresh =
                coming.stream().filter(partition -> !known.contains(partition)).toList();
        long number =
                notes.names().stream().filter(name -> name.startsWith(KNOWN)).count();
        for (int from = 0; from < fresh.size(); from += NAMES) {
            List<String> names = new ArrayList<>();
            fresh.subList(from, Math.min(from + NAMES, fresh.size())).forEach(each -> names.add(each.name()));
            notes.put(KNOWN + number++, bytes(String.join("\n", names)));
        }
    }

    /** Lets the target be served. */
    void finish() {
        notes.remove(MigrationNotes.UNFINISHED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
