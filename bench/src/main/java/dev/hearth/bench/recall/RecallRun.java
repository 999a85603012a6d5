package dev.hearth.bench.recall;

import dev.hearth.bench.measure.Progress;
import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.world.EmbeddedHearth;
import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.spi.Embedder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes a set through the engine: each conversation becomes a relationship of its own user, its turns are imported in
 * order, then its questions are asked, one at a time.
 *
 * <p>Where the data lack something: a turn without a time has that of the turn before it, the first one
 * {@link Instant#EPOCH}; a question without a time is asked at the time of the conversation's last turn. A text over
 * {@value #MAX_TEXT} characters is cut there, a blank one is not imported; both are counted.
 */
final class RecallRun {

    private static final int MAX_TEXT = 32_768;
    private static final int BATCH = 200;
    private static final int LIMIT = 50;
    private static final int WARM_UP = 200;
    /** So long that quality does not depend on the machine; what it costs is told beside it. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Samples search = new Samples();
    private final Samples embedding = new Samples();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Double> answerable = new ArrayList<>();
    private final List<Double> unanswerable = new ArrayList<>();
    private int conversations;
    private int abstentions;
    private int cut;
    private int blank;
    private int degraded;
    private long turns;
    private long ingestNanos;
    private boolean warm;

    private RecallRun() {}

    /** Takes at most {@code limit} conversations; the embedder is closed; null recalls by words alone. */
    static RecallReport of(RecallSet set, int limit, @Nullable Embedder embedder) {
        RecallRun run = new RecallRun();
        String embedderId = embedder == null ? "none" : embedder.id();
        Map<String, List<Question>> questions = set.questions();
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            try (EmbeddedHearth hearth = new EmbeddedHearth(folder.path(), embedder);
                    Progress progress = new Progress("turns", 0)) {
                set.conversations(turns -> {
                    if (run.conversations < limit) {
                        run.take(
                                hearth,
                                turns,
                                questions.getOrDefault(turns.getFirst().conversation(), List.of()),
                                progress);
                    }
                });
            }
            // The stores are closed: what they keep beside their files while open is folded in.
            return run.report(embedderId, folder.bytes());
        }
    }

    private void take(EmbeddedHearth hearth, List<Turn> history, List<Question> questions, Progress progress) {
        conversations++;
        String relationship = hearth.relationship(history.getFirst().conversation());
        List<Imported> messages = messages(history);
        long start = System.nanoTime();
        for (int from = 0; from < messages.size(); from += BATCH) {
            List<Imported> batch = messages.subList(from, Math.min(messages.size(), from + BATCH));
            hearth.engine().relationships().importMessages(relationship, batch);
            turns += batch.size();
            progress.at(turns);
        }
        ingestNanos += System.nanoTime() - start;
        Instant end = messages.getLast().time();
        // What is timed later is the search, not the compiler.
        for (int i = 0; !warm && !questions.isEmpty() && i < WARM_UP; i++) {
            ask(hearth, relationship, questions.get(i % questions.size()), end);
        }
        warm = warm || !questions.isEmpty();
        Map<String, String> sessions = history.stream()
                .filter(turn -> turn.session() != null)
                .collect(Collectors.toMap(Turn::id, turn -> Objects.requireNonNull(turn.session())));
        List<String> byTime = byTime(history);
        for (Question question : questions) {
            if (question.evidence().isEmpty()) {
                abstentions++;
                unanswerable.add(ask(hearth, relationship, question, end).confidence());
                continue;
            }
            SearchResult result = ask(hearth, relationship, question, end);
            search.add(result.took());
            embedding.add(result.embedding());
            answerable.add(result.confidence());
            degraded += result.degraded().isEmpty() ? 0 : 1;
            answers.add(answer(question, result, sessions, byTime));
        }
    }

    private List<Imported> messages(List<Turn> history) {
        List<Imported> messages = new ArrayList<>(history.size());
        Instant last = Instant.EPOCH;
        for (Turn turn : history) {
            last = turn.time() == null ? last : turn.time();
            if (turn.text().isBlank()) {
                blank++;
                continue;
            }
            String text = turn.text();
            if (text.length() > MAX_TEXT) {
                cut++;
                text = text.substring(0, MAX_TEXT);
            }
            messages.add(new Imported(
                    turn.id(),
                    turn.byUser() ? Message.Role.USER : Message.Role.COMPANION,
                    turn.speaker(),
                    turn.session(),
                    text,
                    last));
        }
        return messages;
    }

    private static SearchResult ask(EmbeddedHearth hearth, String relationship, Question question, Instant end) {
        Instant at = question.time() == null ? end : question.time();
        return hearth.engine()
                .memories()
                .search(relationship, new SearchRequest(question.question(), LIMIT, at, DEADLINE));
    }

    /** The ids of turns as they were said; turns without a time stand where the set has them. */
    private static List<String> byTime(List<Turn> history) {
        Instant last = Instant.EPOCH;
        Map<String, Instant> times = new LinkedHashMap<>();
        for (Turn turn : history) {
            last = turn.time() == null ? last : turn.time();
            times.put(turn.id(), last);
        }
        return times.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Answer answer(
            Question question, SearchResult result, Map<String, String> sessions, List<String> byTime) {
        SequencedSet<String> found = new LinkedHashSet<>();
        result.hits().forEach(hit -> found.addAll(hit.memory().sourceExternalIds()));
        return new Answer(
                question.conversation(),
                question.category(),
                List.copyOf(found),
                question.evidence(),
                byTime.stream()
                        .filter(question.evidence()::contains)
                        .reduce((earlier, later) -> later)
                        .orElse(""),
                List.copyOf(sessionsOf(found, sessions)),
                sessionsOf(question.evidence(), sessions));
    }

    private static SequencedSet<String> sessionsOf(Iterable<String> turns, Map<String, String> sessions) {
        SequencedSet<String> found = new LinkedHashSet<>();
        for (String turn : turns) {
            String session = sessions.get(turn);
            if (session != null) {
                found.add(session);
            }
        }
        return found;
    }

    private RecallReport report(String embedderId, long bytes) {
        return new RecallReport(
                embedderId,
                answers,
                new Confidence(answerable, unanswerable),
                new RecallReport.Counts(conversations, turns, abstentions, cut, blank, degraded),
                new RecallReport.Costs(turns / (ingestNanos / 1e9), (double) bytes / turns, search, embedding));
    }
}
