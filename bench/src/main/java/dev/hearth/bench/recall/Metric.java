package dev.hearth.bench.recall;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What is told of a question's hits; each is 0 to 1, a mean over questions is its figure. */
enum Metric {
    RECALL_1("R@1", answer -> recall(answer, 1)),
    RECALL_5("R@5", answer -> recall(answer, 5)),
    RECALL_10("R@10", answer -> recall(answer, 10)),
    RECALL_25("R@25", answer -> recall(answer, 25)),
    RECALL_50("R@50", answer -> recall(answer, 50)),
    ALL_5("all@5", answer -> all(answer.turns(), answer.evidence(), 5)),
    ALL_10("all@10", answer -> all(answer.turns(), answer.evidence(), 10)),
    MRR("MRR", Metric::reciprocalRank),
    SESSION_ALL_5("s.all@5", answer -> all(answer.sessions(), answer.evidenceSessions(), 5)),
    SESSION_ALL_10("s.all@10", answer -> all(answer.sessions(), answer.evidenceSessions(), 10));

    private final String title;
    private final ToDoubleFunction<Answer> value;

    Metric(String title, ToDoubleFunction<Answer> value) {
        this.title = title;
        this.value = value;
    }

    String title() {
        return title;
    }

    double of(Answer answer) {
        return value.applyAsDouble(answer);
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
