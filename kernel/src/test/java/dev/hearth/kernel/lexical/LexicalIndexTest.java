package dev.hearth.kernel.lexical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class LexicalIndexTest {

    @Test
    void scoresAreTheFormulas() {
        LexicalIndex index = new LexicalIndex(1.2, 0.75);
        index.append(0, "red apple");
        index.append(2, "green apple apple pie");
        index.append(3, "blue sky");
        double average = 8 / 3.0;
        double idf = Math.log(1 + (3 - 2 + 0.5) / (2 + 0.5));
        float[] scores = scores(index, "apple");
        assertThat((double) scores[0]).isCloseTo(idf * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / average)), within(1e-6));
        assertThat((double) scores[2]).isCloseTo(idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / average)), within(1e-6));
        assertThat(scores[1]).isZero();
        assertThat(scores[3]).isZero();
        assertThat((double) scores(index, "apple apples")[0]).isCloseTo(2 * scores[0], within(1e-6));
    }

    @Test
    void everyIndexScoresAsAPlainOneDoes() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            LexicalIndex index = new LexicalIndex();
            List<List<String>> documents = new ArrayList<>();
            int count = 1 + random.nextInt(300);
            for (int i = 0; i < count; i++) {
                List<String> words = words(random);
                documents.add(words);
                String text = String.join(" ", words);
                if (random.nextBoolean()) {
                    index.append(i, text);
                } else {
                    index.append(i, TermHashes.ofDocuments().counted(text));
                }
                if (random.nextInt(50) == 0) {
                    index.trim();
                }
            }
            for (int i = 0; i < count / 5; i++) {
                int gone = random.nextInt(count);
                documents.set(gone, List.of());
                index.delete(gone);
            }
            List<String> query = words(random);
            int below = random.nextInt(count + 2);
            float[] scores = new float[count];
            score(index.published(), String.join(" ", query), below, scores);
            for (int i = 0; i < count; i++) {
                double expected = i < below ? plain(documents, query, i, below) : 0;
                assertThat((double) scores[i])
                        .as("seed %d, document %d", seed, i)
                        .isCloseTo(expected, within(1e-4));
            }
        }
    }

    @Test
    void nothingIsFoundWhereNothingIs() {
        LexicalIndex index = new LexicalIndex();
        assertThat(score(index.published(), "apple", 10, new float[0])).isFalse();
        index.append(0, "");
        assertThat(score(index.published(), "apple", 10, new float[1])).isFalse();
        index.append(1, "apple");
        assertThat(score(index.published(), "", 10, new float[2])).isFalse();
        assertThat(score(index.published(), "the", 10, new float[2])).isFalse();
        assertThat(score(index.published(), "apple", 1, new float[2])).isFalse();
        assertThat(score(index.published(), "apple", 2, new float[2])).isTrue();
        index.delete(1);
        index.delete(1);
        index.delete(7);
        assertThat(index.published().live()).isZero();
        assertThat(score(index.published(), "apple", 2, new float[2])).isFalse();
    }

    @Test
    void anEarlierViewDoesNotSeeLaterDocuments() {
        LexicalIndex index = new LexicalIndex();
        index.append(0, "apple");
        LexicalView before = index.published();
        for (int i = 1; i < 2000; i++) {
            index.append(i, "apple word" + i);
        }
        float[] scores = new float[1];
        assertThat(score(before, "apple", Integer.MAX_VALUE, scores)).isTrue();
        assertThat(score(before, "word7", Integer.MAX_VALUE, scores)).isFalse();
        assertThat(before.documents()).isEqualTo(1);
    }

    /** Whatever of the index's arrays grows next, the view keeps to its own. */
    @Test
    void noEarlierViewFailsOnALaterTerm() {
        LexicalIndex index = new LexicalIndex();
        List<LexicalView> views = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            views.add(index.published());
            index.append(i, "word" + i + " word" + i / 2);
            if (i % 100 == 99) {
                index.trim();
            }
        }
        for (int i = 0; i < views.size(); i++) {
            float[] scores = new float[i];
            for (int later = i + 1; later < i + 40; later++) {
                assertThat(score(views.get(i), "word" + later, Integer.MAX_VALUE, scores))
                        .isFalse();
            }
        }
    }

    @Test
    void aTrimmedIndexOfAThousandMessagesIsSmall() {
        Random random = new Random(4);
        LexicalIndex index = new LexicalIndex();
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 15; word++) {
                text.append(" w").append((int) Math.pow(10_000, random.nextDouble()));
            }
            index.append(i, text.toString());
        }
        index.trim();
        assertThat(index.published().bytes()).isLessThan(190_000);
    }

    @Test
    void numbersRiseAndParametersAreInRange() {
        LexicalIndex index = new LexicalIndex();
        index.append(5, "apple");
        assertThatThrownBy(() -> index.append(5, "apple")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LexicalIndex(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LexicalIndex(1, 1.5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readersFindEveryPublishedDocumentWhileOneThreadWrites() throws Exception {
        LexicalIndex index = new LexicalIndex();
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> seen = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                seen.add(readers.submit(() -> readUntil(done, index)));
            }
            try {
                for (int i = 0; i < 30_000; i++) {
                    index.append(i, "all group" + i % 7 + " own" + i);
                }
            } finally {
                done.set(true);
            }
            for (Future<Integer> reader : seen) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    private static int readUntil(AtomicBoolean done, LexicalIndex index) {
        int reads = 0;
        while (!done.get() || reads == 0) {
            LexicalView view = index.published();
            int documents = view.documents();
            float[] scores = new float[documents];
            int group = reads % 7;
            score(view, "group" + group, Integer.MAX_VALUE, scores);
            for (int i = 0; i < documents; i++) {
                if (scores[i] > 0 != (i % 7 == group)) {
                    throw new AssertionError("document " + i + " of " + documents + " scores " + scores[i]);
                }
            }
            reads++;
        }
        return reads;
    }

    private static List<String> words(Random random) {
        List<String> words = new ArrayList<>();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            words.add("w" + random.nextInt(1 + random.nextInt(40)));
        }
        return words;
    }

    private static double plain(List<List<String>> documents, List<String> query, int document, int below) {
        double live = documents.stream().filter(words -> !words.isEmpty()).count();
        double average = documents.stream().mapToInt(List::size).sum() / live;
        double score = 0;
        for (String term : query) {
            int frequency = Collections.frequency(documents.get(document), term);
            long having = documents.stream()
                    .limit(below)
                    .filter(words -> words.contains(term))
                    .count();
            double length = documents.get(document).size();
            double idf = Math.log(1 + (live - having + 0.5) / (having + 0.5));
            score += idf * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / average));
        }
        return score;
    }

    private static float[] scores(LexicalIndex index, String query) {
        float[] scores = new float[index.published().documents()];
        score(index.published(), query, Integer.MAX_VALUE, scores);
        return scores;
    }

    /** Adds the scores to {@code scores}, and answers whether there is any. */
    private static boolean score(LexicalView view, String query, int below, float[] scores) {
        float[] found = view.match(query, Math.min(below, view.documents())).scores();
        boolean any = false;
        for (int document = 0; document < found.length; document++) {
            if (found[document] != 0) {
                scores[document] += found[document];
                any = true;
            }
        }
        return any;
    }
}
