package dev.hearth.server.command.migrating;

import dev.hearth.spi.Erasure;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Makes the target what the source is, then compares all of it, then lets it be served. May be cut off between any two
 * calls of a store and run again: each step makes its part of the target the same as the source, whatever it was.
 *
 * <p>The order: the note that nobody may serve; the ledger, so that what is erased stays so; what the source has no
 * more; then partition by partition, the operator's own last. To be run once, by one thread.
 */
public final class Migration {

    /** Records that end within this are not compared: about as long as the comparison of one partition may take. */
    private static final Duration ENDING = Duration.ofMinutes(10);

    private final Move move;
    private final Progress progress;
    private final Report report;
    private final PartitionCopy copy;
    private final Workers workers;

    /**
     * Reads and writes nothing yet.
     *
     * @param workers how many partitions are copied or compared at once, at least 1; each holds up to a page of either side
     */
    public Migration(Move move, Progress progress, int workers) {
        this.move = move;
        this.workers = new Workers(workers);
        this.progress = progress;
        this.report = new Report(move);
        this.copy = new PartitionCopy(move, report);
    }

    /**
     * Runs it once.
     *
     * @throws Unfit where source and target cannot be used, and then nothing was written
     * @throws StoreException where a store fails; the next run goes on
     */
    public Report run() {
        progress.step("looking at both sides");
        Claim claim = Claim.of(move);
        SortedSet<Partition> coming = move.partitions(move.from());
        claim.begin(coming);
        copyLedger();
        List<Partition> gone = move.partitions(move.to()).stream()
                .filter(partition -> !coming.contains(partition))
                .toList();
        workers.each(gone, copy::drop);
        each("copied", coming, copy::copy);
        compare();
        if (report.same()) {
            claim.finish();
        }
        return report;
    }

    private void copyLedger() {
        if (move.records()) {
            List<Erasure> here = move.from().erasures().entries();
            int there = move.to().erasures().entries().size();
            here.subList(there, here.size()).forEach(move.to().erasures()::append);
        }
    }

    /** Reads the source anew, so that what changed there meanwhile is a difference. */
    private void compare() {
        SortedSet<Partition> all = Move.sorted(move.partitions(move.from()));
        all.addAll(move.partitions(move.to()));
        each("compared", all, partition -> {
            Instant until = move.clock().now().plus(ENDING);
            report.compared(
                    partition,
                    PartitionSum.of(move, move.from(), partition, until),
                    PartitionSum.of(move, move.to(), partition, until));
        });
        if (move.records()) {
            List<Erasure> here = move.from().erasures().entries();
            List<Erasure> there = move.to().erasures().entries();
            report.erasures(here.size(), there.size(), here.equals(there), unfinished(here));
        }
    }

    private static long unfinished(List<Erasure> entries) {
        Set<String> started = new HashSet<>();
        for (Erasure entry : entries) {
            boolean ignored =
                    entry.step() == Erasure.Step.STARTED ? started.add(entry.id()) : started.remove(entry.id());
        }
        return started.size();
    }

    /** The users', then the operator's own. One that is damaged keeps the target from being served, and no other back. */
    private void each(String doing, SortedSet<Partition> partitions, Consumer<Partition> work) {
        AtomicInteger done = new AtomicInteger();
        Consumer<Partition> one = partition -> {
            try {
                work.accept(partition);
            } catch (StoreException failed) {
                if (failed.kind() != StoreException.Kind.CORRUPT) {
                    throw failed;
                }
                report.unreadable(partition, String.valueOf(failed.getMessage()));
            }
            progress.at(doing, done.incrementAndGet(), partitions.size());
        };
        workers.each(partitions.headSet(Partition.SYSTEM), one);
        workers.each(partitions.tailSet(Partition.SYSTEM), one);
        progress.step(String.format(Locale.ROOT, "%s: all of %,d partitions", doing, partitions.size()));
    }
}
