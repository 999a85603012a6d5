package dev.hearth.store.guarded;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds every run of n reads, wherever it begins, to n / 20 + {@link HedgeBudget#BURST} that were asked twice, and all reads to
 * n / 20. Of all runs that end here, the one that is over the most is known from the one that ended before (J. Kadane).
 */
final class BudgetCheck {

    private long reads;
    private long hedged;
    private long worst;

    void read(boolean wasHedged, String where) {
        reads++;
        hedged += wasHedged ? 1 : 0;
        // In twentieths of a read.
        worst = Math.max(0, worst) + (wasHedged ? 20 : 0) - 1;
        assertThat(hedged * 20).as("of all reads, " + where).isLessThanOrEqualTo(reads);
        assertThat(worst).as("of a run of reads, " + where).isLessThanOrEqualTo(HedgeBudget.BURST * 20L);
    }

    long hedged() {
        return hedged;
    }
}
