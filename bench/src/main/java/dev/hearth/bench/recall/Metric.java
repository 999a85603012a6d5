package dev.hearth.bench.recall;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is told of a question's hits; each is 0 to 1, a mean over questions is its figure. */
enum Metric {
    RECALL_1("R@1"),
    RECALL_5("R@5"),
    RECALL_10("R@10"),
    RECALL_25("R@25"),
    RECALL_50("R@50"),
    ALL_5("all@5"),
    ALL_10("all@10"),
    MRR("MRR"),
    SESSION_ALL_5("s.all@5"),
    SESSION_ALL_10("s.all@10");

    private final String title;

    Metric(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    double of(Answer answer) {
        return switch (this) {
            case RECALL_1 -> recall(answer, 1);
            case RECALL_5 -> recall(answer, 5);
            case RECALL_10 -> recall(answer, 10);
            case RECALL_25 -> recall(answer, 25);
            case RECALL_50 -> recall(answer, 50);
            case ALL_5 -> all(answer.turns(), answer.evidence(), 5);
            case ALL_10 -> all(answer.turns(), answer.evidence(), 10);
            case MRR -> reciprocalRank(answer);
            case SESSION_ALL_5 -> all(answer.sessions(), answer.evidenceSessions(), 5);
            case SESSION_ALL_10 -> all(answer.sessions(), answer.evidenceSessions(), 10);
        };
    }

    boolean ofSessions() {
        return this == SESSION_ALL_5 || this == SESSION_ALL_10;
    }

    /** The share of the evidence among the first {@code k} turns. */
    private static double recall(Answer answer, int k) {
        Set<String> first = first(answer.turns(), k);
        return (double) answer.evidence().stream().filter(first::contains).count()
                / answer.evidence().size();
    }

    private static double all(List<String> ranked, Set<String> evidence, int k) {
        return first(ranked, k).containsAll(evidence) ? 1 : 0;
    }

    /** One over the rank of the first evidence turn, 0 where none was returned. */
    private static double reciprocalRank(Answer answer) {
        for (int i = 0; i < answer.turns().size(); i++) {
            if (answer.evidence().contains(answer.turns().get(i))) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    private static Set<String> first(List<String> ranked, int k) {
        return new LinkedHashSet<>(ranked.subList(0, Math.min(k, ranked.size())));
    }
}
