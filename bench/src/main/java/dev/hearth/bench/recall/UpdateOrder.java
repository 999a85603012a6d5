package dev.hearth.bench.recall;

import dev.hearth.bench.measure.Bootstrap;
import java.util.List;

/**
 * Whether what is so now ranks above what was so before: of the questions on updates with evidence of both, the share
 * whose newest evidence turn was found above all older ones. What is not found is below everything.
 */
record UpdateOrder(int questions, double share, Bootstrap.Interval interval) {

    private static final String CATEGORY = "knowledge-update";

    static UpdateOrder of(List<Answer> answers) {
        double[] newerAbove = answers.stream()
                .filter(answer -> answer.category().equals(CATEGORY))
                .filter(answer -> answer.evidence().size() > 1)
                .mapToDouble(UpdateOrder::newerAbove)
                .toArray();
        double sum = 0;
        for (double one : newerAbove) {
            sum += one;
        }
        return new UpdateOrder(
                newerAbove.length, newerAbove.length == 0 ? 0 : sum / newerAbove.length, Bootstrap.ofMean(newerAbove));
    }

    private static double newerAbove(Answer answer) {
        for (String turn : answer.turns()) {
            if (answer.evidence().contains(turn)) {
                return turn.equals(answer.newest()) ? 1 : 0;
            }
        }
        return 0;
    }
}
