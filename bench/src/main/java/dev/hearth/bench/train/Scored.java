package dev.hearth.bench.train;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How one question came out under some weights.
 *
 * @param recall5 share of its evidence among the first 5 turns; likewise the others
 * @param all5 1 where all of it is
 * @param sessions5 1 where all sessions of its evidence are among the first five sessions of the hits
 * @param session1 1 where the first hit's session holds evidence
 * @param newer of a question with evidence of several times: 1 where the newest ranks above the others; NaN for others
 */
record Scored(
        Example example,
        double recall1,
        double recall5,
        double recall10,
        double all5,
        double all10,
        double reciprocal,
        double sessions5,
        double session1,
        double newer) {

    private static final int HITS = 50;

    static Scored of(Example example, float[] weights) {
        int[] order = example.examined().order(weights);
        int[] ranks = new int[order.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
        }
        double first = IntStream.of(example.evidence()).map(c -> ranks[c]).min().orElse(Integer.MAX_VALUE);
        SequencedSet<Integer> sessions = new LinkedHashSet<>();
        IntStream.of(order).limit(HITS).forEach(c -> sessions.add(example.sessions()[c]));
        Set<Integer> wanted = IntStream.of(example.evidenceSessions()).boxed().collect(Collectors.toSet());
        return new Scored(
                example,
                share(example, ranks, 1),
                share(example, ranks, 5),
                share(example, ranks, 10),
                share(example, ranks, 5) == 1 ? 1 : 0,
                share(example, ranks, 10) == 1 ? 1 : 0,
                first < HITS ? 1 / (1 + first) : 0,
                sessions.stream().limit(5).toList().containsAll(wanted) ? 1 : 0,
                !sessions.isEmpty() && wanted.contains(sessions.getFirst()) ? 1 : 0,
                newer(example, ranks));
    }

    private static double share(Example example, int[] ranks, int k) {
        return (double) IntStream.of(example.evidence())
                        .filter(c -> ranks[c] < k)
                        .count()
                / Math.max(1, example.wanted());
    }

    private static double newer(Example example, int[] ranks) {
        long[] times = IntStream.of(example.evidence())
                .mapToLong(c -> example.minutes()[c])
                .distinct()
                .toArray();
        if (times.length < 2) {
            return Double.NaN;
        }
        int newest = IntStream.of(example.evidence())
                .reduce((a, b) -> example.minutes()[b] >= example.minutes()[a] ? b : a)
                .orElseThrow();
        long newestAt = example.minutes()[newest];
        int bestNew = IntStream.of(example.evidence())
                .filter(c -> example.minutes()[c] == newestAt)
                .map(c -> ranks[c])
                .min()
                .orElseThrow();
        int bestOld = IntStream.of(example.evidence())
                .filter(c -> example.minutes()[c] < newestAt)
                .map(c -> ranks[c])
                .min()
                .orElseThrow();
        return bestNew < bestOld ? 1 : 0;
    }
}
