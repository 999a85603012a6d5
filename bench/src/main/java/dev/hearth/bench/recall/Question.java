package dev.hearth.bench.recall;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code questions.jsonl.gz}.
 *
 * @param evidence the ids of the turns that hold the answer; empty where the history holds none
 * @param time when it is asked, where the set says so
 */
public record Question(
        String conversation,
        String question,
        String category,
        Set<String> evidence,
        @Nullable Instant time) {

    public Question {
        evidence = Set.copyOf(evidence);
    }
}
