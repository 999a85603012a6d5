package dev.hearth.bench.train;

import dev.hearth.bench.recall.Question;
import dev.hearth.bench.recall.RecallSet;
import dev.hearth.bench.recall.Turn;
import dev.hearth.engine.recall.Examined;
import dev.hearth.engine.recall.IndexedMessage;
import dev.hearth.engine.recall.RecallQuery;
import dev.hearth.engine.recall.RelationshipIndex;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.when.TimeExpressions;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes examples of a set: each conversation is an index of its own, each question is examined by it. */
final class Examples {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int TOGETHER = 64;
    private static final int MAX_TEXT = 32_768;

    private final Embedder embedder;
    private final boolean wordsAlone;
    private final boolean madeUp;
    private final List<Example> examples = new ArrayList<>();

    private Examples(Embedder embedder, boolean wordsAlone, boolean madeUp) {
        this.embedder = embedder;
        this.wordsAlone = wordsAlone;
        this.madeUp = madeUp;
    }

    static List<Example> of(Path folder, Embedder embedder, boolean wordsAlone, boolean madeUp) {
        RecallSet set = new RecallSet(folder);
        Map<String, List<Question>> questions = set.questions();
        Examples made = new Examples(embedder, wordsAlone, madeUp);
        String name = Objects.requireNonNull(folder.getFileName()).toString();
        set.conversations(turns ->
                made.take(name, turns, questions.getOrDefault(turns.getFirst().conversation(), List.of())));
        return made.examples;
    }

    private void take(String set, List<Turn> history, List<Question> questions) {
        if (questions.isEmpty()) {
            return;
        }
        List<Turn> turns =
                history.stream().filter(turn -> !turn.text().isBlank()).toList();
        RelationshipIndex index = new RelationshipIndex(embedder.dimension());
        Map<String, Integer> places = new HashMap<>();
        int[] sessions = new int[turns.size()];
        long[] minutes = new long[turns.size()];
        Map<String, Integer> ordinals = new LinkedHashMap<>();
        Instant last = Instant.EPOCH;
        for (int i = 0; i < sessions.length; i++) {
            Turn turn = turns.get(i);
            last = turn.time() == null ? last : turn.time();
            places.put(turn.id(), i);
            sessions[i] = ordinals.computeIfAbsent(String.valueOf(turn.session()), any -> ordinals.size());
            minutes[i] = last.getEpochSecond() / 60;
            index.append(new IndexedMessage(
                    i + 1,
                    turn.byUser(),
                    speaker(turn),
                    sessions[i],
                    last,
                    text(turn),
                    true,
                    TimeExpressions.in(text(turn), last, ZoneOffset.UTC)));
        }
        List<String> spoken = turns.stream()
                .map(turn -> StoredMessage.spoken(turn.speaker(), text(turn)))
                .toList();
        for (int from = 0; from < spoken.size(); from += TOGETHER) {
            List<String> some = spoken.subList(from, Math.min(spoken.size(), from + TOGETHER));
            List<List<float[]>> vectors = embed(some);
            for (int i = 0; i < some.size(); i++) {
                index.vectors(from + i + 1, vectors.get(i));
            }
        }
        for (Question question : questions) {
            examples.add(example(set, index, question, last, places, sessions, minutes));
        }
    }

    private static String speaker(Turn turn) {
        return turn.speaker() == null ? "" : turn.speaker();
    }

    private static String text(Turn turn) {
        return turn.text().length() > MAX_TEXT ? turn.text().substring(0, MAX_TEXT) : turn.text();
    }

    private List<List<float[]>> embed(List<String> texts) {
        return embedder.embed(texts, Deadline.after(Clock.system(), PATIENCE));
    }

    private Example example(
            String set,
            RelationshipIndex index,
            Question question,
            Instant end,
            Map<String, Integer> places,
            int[] sessions,
            long[] minutes) {
        String text = question.question();
        float[] vector = null;
        float[] content = null;
        if (!wordsAlone) {
            List<List<float[]>> vectors = embed(List.of(text, index.content(text)));
            vector = vectors.getFirst().getFirst();
            content = vectors.getLast().getFirst();
        }
        Instant at = question.time() == null ? end : question.time();
        Examined examined =
                index.examine(RecallQuery.of(text, 50, at, ZoneOffset.UTC).like(vector, content));
        int[] evidence = question.evidence().stream()
                .filter(places::containsKey)
                .mapToInt(places::get)
                .sorted()
                .toArray();
        long[] seqs = examined.seqs();
        return new Example(
                set,
                madeUp,
                set + "/" + question.conversation(),
                question.category(),
                examined,
                Arrays.stream(evidence)
                        .map(place -> Arrays.binarySearch(seqs, place + 1L))
                        .filter(candidate -> candidate >= 0)
                        .toArray(),
                question.evidence().size(),
                Arrays.stream(seqs).mapToInt(seq -> sessions[(int) seq - 1]).toArray(),
                Arrays.stream(evidence).map(place -> sessions[place]).distinct().toArray(),
                Arrays.stream(seqs).map(seq -> minutes[(int) seq - 1]).toArray());
    }
}
