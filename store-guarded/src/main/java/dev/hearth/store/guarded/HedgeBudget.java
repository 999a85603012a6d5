package dev.hearth.store.guarded;

/**
 * How many reads may be asked twice: one of {@value #READS_FOR_ONE}, never ahead of the reads that pay for it, and
 * {@value #BURST} saved up at most. So of any n reads in a row at most n / {@value #READS_FOR_ONE} + {@value #BURST} are asked
 * twice, and of all reads since the start n / {@value #READS_FOR_ONE}. Safe for many threads.
 */
final class HedgeBudget {

    static final int READS_FOR_ONE = 20;
    static final int BURST = 10;

    /** In reads, so that it stays exact. */
    private int saved;

    /** A read is made. */
    synchronized void earn() {
        saved = Math.min(BURST * READS_FOR_ONE, saved + 1);
    }

    /** Whether a read may be asked twice; if so, it is paid for. */
    synchronized boolean spend() {
        if (saved < READS_FOR_ONE) {
            return false;
        }
        saved -= READS_FOR_ONE;
        return true;
    }
}
