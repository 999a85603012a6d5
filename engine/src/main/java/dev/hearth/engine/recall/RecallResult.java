package dev.hearth.engine.recall;

import java.util.List;

/**
 * What a search found.
 *
 * @param hits best first; none twice
 * @param confidence 0 to 1: how much of what the question is about was found at all, whatever the order of the hits. It is
 *     the mean of two shares: of the question's rarest word the first three hits have the rarest found, by idf; and
 *     the share of the question's words, by idf, that the session of the first hit has. Low where the memories hold
 *     no answer, and where they say it in other words only. 0 without hits
 */
public record RecallResult(List<Ranked> hits, double confidence) {

    public RecallResult {
        hits = List.copyOf(hits);
    }
}
