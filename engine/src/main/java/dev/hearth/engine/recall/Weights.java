package dev.hearth.engine.recall;

/**
 * What each signal of a message counts for. The signals are 0 to 1, scaled per query over the relationship.
 *
 * @param dense likeness of meaning
 * @param lexical words in common
 * @param neighbour the better score of the messages just before and after in the session
 */
record Weights(double dense, double lexical, double neighbour) {

    /**
     * The weights in use. Tuned by hand on LoCoMo, where neighbour weights up to 0.5 do slightly better; kept small
     * because chats with long replies lose by them.
     */
    static final Weights FUSION = new Weights(0.6, 0.4, 0.2);

    /** The same where there are only words. */
    Weights wordsAlone() {
        return new Weights(0, dense + lexical, neighbour);
    }
}
