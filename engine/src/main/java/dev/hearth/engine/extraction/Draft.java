package dev.hearth.engine.extraction;

/**
 * A fact as the model proposed it: nothing of it is to be believed yet.
 *
 * @param number of the message that it cites, as the transcript counts
 * @param quote the words that it cites
 * @param fact what it makes of them
 */
record Draft(int number, String quote, String fact) {}
