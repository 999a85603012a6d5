package dev.hearth.bench.recall;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How often a cache of queries' vectors would have one, if it were without bounds and forgot nothing: which texts of a
 * set are, word for word, texts that were asked before. A turn asks with its user's message and keeps that vector as the
 * message's, so that a first time needs no second one in any case.
 */
final class RepeatedTexts {

    private final Set<String> asked = new HashSet<>();
    private final Set<String> said = new HashSet<>();
    private int questions;
    private int turns;

    private RepeatedTexts() {}

    /** Looks at the first {@code limit} conversations. */
    static RepeatedTexts of(RecallSet set, int limit) {
        RepeatedTexts repeated = new RepeatedTexts();
        Map<String, List<Question>> questions = set.questions();
        Set<String> taken = new HashSet<>();
        set.conversations(turns -> {
            String conversation = turns.getFirst().conversation();
            if (taken.size() < limit && taken.add(conversation)) {
                turns.stream().filter(Turn::byUser).forEach(repeated::said);
                questions.getOrDefault(conversation, List.of()).forEach(repeated::asked);
            }
        });
        return repeated;
    }

    private void said(Turn turn) {
        turns++;
        said.add(turn.text());
    }

    private void asked(Question question) {
        questions++;
        asked.add(question.question());
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "A query cache that forgets nothing would have %s of the questions and %s of the users' turns.%n",
                share(questions - asked.size(), questions),
                share(turns - said.size(), turns));
    }

    private static String share(int repeated, int all) {
        return String.format(Locale.ROOT, "%.2f %% (%,d of %,d)", all == 0 ? 0 : 100.0 * repeated / all, repeated, all);
    }
}
