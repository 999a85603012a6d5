package dev.hearth.bench.recall;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How often a cache of queries' vectors would have one, if it were without bounds and forgot nothing: which texts of a
 * set are, word for word, texts that were asked before. Of turns it counts those of the same conversation too, since some
 * sets use the same filling in several. A turn asks with its user's message and keeps that vector as the
 * message's, so that a first time needs no second one in any case.
 */
final class RepeatedTexts {

    private final Set<String> asked = new HashSet<>();
    private final Set<String> said = new HashSet<>();
    private int inConversation;
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
                repeated.said(
                        turns.stream().filter(Turn::byUser).map(Turn::text).toList());
                questions.getOrDefault(conversation, List.of()).forEach(repeated::asked);
            }
        });
        return repeated;
    }

    private void said(List<String> texts) {
        turns += texts.size();
        inConversation += texts.size() - new HashSet<>(texts).size();
        said.addAll(texts);
    }

    private void asked(Question question) {
        questions++;
        asked.add(question.question());
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "A query cache that forgets nothing would have %s of the questions and %s of the users'"
                        + " turns; of these within a conversation %s.%n",
                share(questions - asked.size(), questions),
                share(turns - said.size(), turns),
                share(inConversation, turns));
    }

    private static String share(int repeated, int all) {
        return String.format(Locale.ROOT, "%.2f %% (%,d of %,d)", all == 0 ? 0 : 100.0 * repeated / all, repeated, all);
    }
}
