package dev.hearth.bench.recall;

import dev.hearth.bench.measure.Bootstrap;
import dev.hearth.bench.measure.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of a run.
 *
 * @param embedder the embedder's id, {@code none} for words alone
 * @param answers of all questions that have evidence
 * @param confidence of all questions
 */
record RecallReport(String embedder, List<Answer> answers, Confidence confidence, Counts counts, Costs costs) {

    RecallReport {
        answers = List.copyOf(answers);
    }

    /**
     * How many there were.
     *
     * @param turns those imported
     * @param abstentions questions without evidence, which only confidence counts
     * @param cut texts that were too long and lost their end
     * @param blank turns without a text, not imported
     * @param degraded searches that went without the query's vector
     */
    record Counts(int conversations, long turns, int abstentions, int cut, int blank, int degraded) {}

    /**
     * What it cost.
     *
     * @param ingested messages a second, embedding and durable writes included
     * @param bytesPerMemory all files of the data folder, stores closed
     * @param search milliseconds without the embedding
     * @param embedding milliseconds of the question's embedding
     */
    record Costs(double ingested, double bytesPerMemory, Samples search, Samples embedding) {}

    /** One group of questions: a category, or all. */
    record Group(String name, List<Answer> answers) {

        Group {
            answers = List.copyOf(answers);
        }

        double mean(Metric metric) {
            return answers.stream().mapToDouble(metric::of).average().orElse(0);
        }

        /** When questions are drawn anew. */
        Bootstrap.Interval byQuestion(Metric metric) {
            return Bootstrap.ofMean(answers.stream().mapToDouble(metric::of).toArray());
        }

        /** When whole conversations are drawn anew: wider, and right where questions of one are alike. */
        Bootstrap.Interval byConversation(Metric metric) {
            Map<String, List<Answer>> conversations = answers.stream()
                    .collect(Collectors.groupingBy(Answer::conversation, LinkedHashMap::new, Collectors.toList()));
            return Bootstrap.ofMean(conversations.values().stream()
                    .map(group -> group.stream().mapToDouble(metric::of).toArray())
                    .toList());
        }
    }

    Group overall() {
        return new Group("overall", answers);
    }

    /** By category, in alphabetical order. */
    List<Group> categories() {
        List<Group> groups = new ArrayList<>();
        answers.stream()
                .map(Answer::category)
                .distinct()
                .sorted()
                .forEach(category -> groups.add(new Group(
                        category,
                        answers.stream()
                                .filter(answer -> answer.category().equals(category))
                                .toList())));
        return groups;
    }

    /** The metrics that this set has: those of sessions where every question's evidence has some. */
    List<Metric> metrics() {
        boolean sessions =
                answers.stream().noneMatch(answer -> answer.evidenceSessions().isEmpty());
        return List.of(Metric.values()).stream()
                .filter(metric -> sessions || !metric.ofSessions())
                .toList();
    }
}
