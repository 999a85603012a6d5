package dev.hearth.client.data;

/**
 * Which tier holds what of a relationship.
 *
 * @param memory what the server that answered holds of it in memory
 * @param hot what is at hand in the cache; the other tiers have it too
 * @param warm messages, vectors, turns, events, and the directory of what is cold
 * @param cold what was put away; what of it matters or is used is in the warm tier too
 */
public record Storage(Tier memory, Tier hot, Tier warm, Tier cold) {

    /**
     * One tier.
     *
     * @param messages how many messages that are not deleted
     * @param records how many records or objects these take
     * @param bytes what these take
     */
    public record Tier(long messages, long records, long bytes) {}
}
