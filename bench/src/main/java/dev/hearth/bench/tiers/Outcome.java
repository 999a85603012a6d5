package dev.hearth.bench.tiers;

/**
 * What came of one question.
 *
 * @param fold of its conversation
 * @param warm with everything warm
 * @param tiers with what is old put away, from a relationship that was loaded just now
 * @param running the same after the questions before it, in a relationship that stays loaded
 * @param fetched how many objects the second read to rank them
 * @param fetchedRunning how many the third did
 * @param told how many more the second read to tell of what it had found
 * @param away segments with evidence that is not warm
 * @param brought those of them that the second read
 */
record Outcome(
        int fold,
        Found warm,
        Found tiers,
        Found running,
        int fetched,
        int fetchedRunning,
        int told,
        int away,
        int brought) {

    /** The share of the evidence among the first 5 and the first 10. */
    record Found(double five, double ten) {}
}
