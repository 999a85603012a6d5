package dev.hearth.llm;

import dev.hearth.spi.Grounding;
import dev.hearth.spi.Grounding.Remembered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Chooses, of what was recalled and what was said in this session, what answers a message. */
final class Recollection {

    private static final int MOST = 3;
    private static final double ENOUGH = 0.4;
    /** A recalled text this near to the message counts although it shares no word with it. */
    private static final double NEAR = 0.72;
    /** For another language, where the words say nothing. */
    private static final double NEAR_IN_ANOTHER_LANGUAGE = 0.6;
    /** History has no score of its own; this is neither help nor harm. */
    private static final double SESSION_SCORE = 0.5;

    private static final Pattern ASKS_COMPANION = Pattern.compile(
            "\\b(did you|have you|you) (say|said|tell|told|recommend|suggest|promis|mention|advise)",
            Pattern.CASE_INSENSITIVE);

    private record Candidate(Remembered what, double score, double overlap, boolean meets, double weight) {}

    private final Grounding grounding;
    private final Set<String> about;
    /** Whether the question is about the companion's own words; otherwise the user's count for more. */
    private final boolean asksCompanion;

    private final List<Candidate> candidates = new ArrayList<>();
    private boolean sure;

    Recollection(Grounding grounding) {
        this.grounding = grounding;
        this.about = Words.content(grounding.message());
        this.asksCompanion = ASKS_COMPANION.matcher(grounding.message()).find();
        Set<String> seen = new HashSet<>();
        seen.add(plain(grounding.message()));
        List<Remembered> history = grounding.history().reversed();
        history.forEach(said -> consider(said, SESSION_SCORE, seen));
        grounding.memories().forEach(memory -> consider(memory, Math.clamp(memory.score(), 0, 1), seen));
    }

    /** Whether the last {@link #answers} share a word with the question, and are not only near to it. */
    boolean sure() {
        return sure;
    }

    /** The content words of the message. */
    Set<String> about() {
        return about;
    }

    /** What answers a question, newest first: at most three, none where nothing fits. */
    List<Remembered> answers() {
        boolean foreign = Words.foreign(grounding.message());
        List<Candidate> fitting = candidates.stream()
                .filter(c -> fits(c, foreign))
                .sorted(Comparator.comparingDouble(Candidate::weight)
                        .thenComparing(c -> c.what().said())
                        .reversed())
                .toList();
        if (fitting.isEmpty()) {
            return List.of();
        }
        Candidate best = fitting.getFirst();
        sure = about.isEmpty() || best.overlap > 0;
        int most = best.meets || about.isEmpty() ? MOST : 1;
        return fitting.stream()
                .filter(c -> c.what().byUser() == best.what().byUser())
                .filter(c -> about.isEmpty() || (c.overlap >= 0.75 * best.overlap && c.weight >= 0.7 * best.weight))
                .limit(most)
                .map(Candidate::what)
                .sorted(Comparator.comparing(Remembered::said).reversed())
                .toList();
    }

    /** An earlier remark of the user that a statement connects to, or none. */
    List<Remembered> connected() {
        return candidates.stream()
                .filter(c -> c.what().byUser() && c.meets && c.overlap >= 0.3 && c.score >= 0.3)
                .filter(c -> !Ago.of(c.what().said(), grounding.at()).equals("just now"))
                .max(Comparator.comparingDouble(Candidate::weight)
                        .thenComparing(c -> c.what().said()))
                .map(Candidate::what)
                .stream()
                .toList();
    }

    private boolean fits(Candidate candidate, boolean foreign) {
        if (about.isEmpty()) {
            return candidate.what().byUser();
        }
        if (candidate.meets) {
            return candidate.weight >= ENOUGH;
        }
        if (candidate.overlap == 1) {
            return true;
        }
        return candidate.score >= (foreign ? NEAR_IN_ANOTHER_LANGUAGE : NEAR);
    }

    private void consider(Remembered what, double score, Set<String> seen) {
        String text = what.text();
        boolean echo = !what.byUser() && text.indexOf('“') >= 0;
        if (text.isBlank() || echo || Intent.isOnlyQuestion(text) || !seen.add(plain(text))) {
            return;
        }
        Intent intent = Words.of(text).size() < 8 ? Intent.of(text, grounding.companion()) : Intent.STATEMENT;
        if (intent == Intent.GREETING
                || intent == Intent.THANKS
                || intent == Intent.FAREWELL
                || intent == Intent.EMPTY) {
            return;
        }
        Set<String> content = Words.content(text);
        double overlap = Words.overlap(about, content);
        double weight = 0.4 * score
                + 0.6 * overlap
                - (what.byUser() == asksCompanion ? 0.2 : 0)
                - (Intent.isQuestion(text) ? 0.1 : 0);
        candidates.add(new Candidate(what, score, overlap, Words.meet(about, content), weight));
    }

    /** Equal for texts that differ in nothing but punctuation and case. */
    private static String plain(String text) {
        return String.join(" ", Words.of(text.toLowerCase(Locale.ROOT)));
    }
}
