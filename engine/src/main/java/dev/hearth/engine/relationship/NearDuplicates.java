package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.recall.Ranked;
import dev.hearth.engine.recall.RecallQuery;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds a memory that says nearly the same as an earlier one into that, once its vector is there: by likeness of meaning
 * first, then by what their words have in common. Work off a turn's path; where the relationship is busy it is left.
 */
public final class NearDuplicates {

    private static final Logger log = LoggerFactory.getLogger(NearDuplicates.class);

    /** From this cosine on the words are compared. */
    private static final double ALIKE = 0.97;

    private static final int COMPARED = 16;
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Journal journal;
    private final History history;
    private final Budgets budgets;

    NearDuplicates(Journal journal, History history, Budgets budgets) {
        this.journal = journal;
        this.history = history;
        this.budgets = budgets;
    }

    /** Looks whether the memory at {@code seq} repeats an earlier one; costs a scan, and a write where it does. */
    public void fold(Resident resident, long seq, float[] vector) {
        RecallQuery query = RecallQuery.of("", COMPARED, budgets.clock().now(), ZoneOffset.UTC)
                .like(vector, null)
                .without(other -> other >= seq);
        List<Long> alike = resident.index().search(query).hits().stream()
                .filter(hit -> hit.likeness() >= ALIKE)
                .map(Ranked::seq)
                .toList();
        if (alike.isEmpty()) {
            return;
        }
        try {
            resident.enter(Deadline.after(budgets.clock(), PATIENCE));
        } catch (Problem busy) {
            log.debug("A near duplicate stays a memory of its own: the relationship is busy.");
            return;
        }
        try {
            if (!resident.stale() && resident.index().live(seq)) {
                fold(resident, seq, alike);
            }
        } catch (Journal.Behind behind) {
            log.debug("A near duplicate stays a memory of its own: another process was faster.");
        } finally {
            resident.leave();
        }
    }

    private void fold(Resident resident, long seq, List<Long> alike) {
        Keeping keeping = journal.keeping(resident);
        StoredMessage message = history.find(resident.key(), seq);
        if (message == null || !keeping.repeats(message, alike)) {
            return;
        }
        Batch batch = new Batch();
        keeping.into(batch);
        journal.advance(resident, resident.head().appended(0, -1), batch);
        resident.index().delete(seq);
        keeping.settle();
    }
}
