package dev.hearth.engine.relationship;

/**
 * Where a relationship's messages lie, and what they take.
 *
 * @param memory what this server holds of it in memory, about
 * @param hot what of the cold objects is at hand in the hot store
 * @param warm everything in the warm store: messages, vectors, turns, events and the directory of what is cold
 * @param cold what was put away
 */
public record Storage(Tier memory, Tier hot, Tier warm, Tier cold) {

    /**
     * One tier.
     *
     * @param messages how many messages of the relationship it holds that are not deleted
     * @param records how many records or objects it takes for them
     * @param bytes what these take, sealed, or in memory
     */
    public record Tier(long messages, long records, long bytes) {
        static final Tier NOTHING = new Tier(0, 0, 0);

        Tier plus(long moreMessages, long moreBytes) {
            return new Tier(messages + moreMessages, records + 1, bytes + moreBytes);
        }
    }
}
