package dev.hearth.embed.onnx;

/**
 * Whether a window that is alone should run on all threads or on one, learnt from what either took lately.
 *
 * <p>On idle cores all threads win. Where other work wants the
 * cores they lose badly: each waits for one that is not scheduled. So the faster way is taken, and
 * every sixteenth window tries the other. Safe for many threads.
 */
final class LoneWidth {

    private static final int TRY_OTHER_EVERY = 16;
    /** Slow to believe that a way became worse, since one preempted run says little; quick that it became better. */
    private static final double WORSE = 0.25;

    private static final double BETTER = 0.75;

    /** A window's cost is about linear in its tokens and this many more. */
    private static final int FIXED_COST_TOKENS = 8;

    private double wideCost;
    private double narrowCost;
    private int asked;

    /** Whether the next lone window runs on all threads. */
    synchronized boolean wide() {
        boolean faster = wideCost <= narrowCost;
        return asked++ % TRY_OTHER_EVERY == TRY_OTHER_EVERY - 1 ? !faster : faster;
    }

    synchronized void took(boolean wide, int tokens, long nanos) {
        double cost = (double) nanos / (tokens + FIXED_COST_TOKENS);
        if (wide) {
            wideCost = smoothed(wideCost, cost);
        } else {
            narrowCost = smoothed(narrowCost, cost);
        }
    }

    /** Zero stands for "not tried yet", which counts as fastest and so is tried. */
    private static double smoothed(double before, double cost) {
        if (before == 0) {
            return cost;
        }
        return cost < before
                ? before + BETTER * (cost - before)
                : before + WORSE * (Math.min(cost, 2 * before) - before);
    }
}
