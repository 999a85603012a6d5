package dev.hearth.engine.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.kernel.vector.QuantizedVector;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RelationshipIndexTest {

    private static final float[] EAST = {1, 0};
    private static final float[] NORTH = {0, 1};

    private final RelationshipIndex index = new RelationshipIndex(2);

    @Test
    void anEmptyIndexFindsNothing() {
        assertThat(found("apple", EAST)).isEmpty();
        assertThat(found("", null)).isEmpty();
        assertThat(index.size()).isZero();
    }

    @Test
    void wordsAloneFindWhatIsNotEmbedded() {
        add(1, 0, "I bought apples");
        add(2, 1, "The sky is blue");
        assertThat(found("apple", EAST)).containsExactly(1L);
        assertThat(found("apple", null)).containsExactly(1L);
        assertThat(found("the", null)).isEmpty();
        assertThat(index.embedded(1)).isFalse();
    }

    @Test
    void theSpeakersNameIsAWordOfTheMessage() {
        index.append(new IndexedMessage(1, true, "Caroline", 0, Instant.EPOCH, "I paint", true));
        index.append(new IndexedMessage(2, false, "Melanie", 1, Instant.EPOCH, "I paint", true));
        assertThat(found("What does Melanie paint?", null)).startsWith(2L);
    }

    @Test
    void likenessAndWordsAddUpToTheScore() {
        add(1, 0, "apple");
        add(2, 1, "pear");
        add(3, 2, "plum");
        index.vectors(1, List.of(NORTH));
        index.vectors(2, List.of(EAST));
        Ranked first = search("pear", EAST, 10, Long.MAX_VALUE).getFirst();
        assertThat(first.seq()).isEqualTo(2);
        assertThat(first.parts())
                .containsExactly(
                        java.util.Map.entry("dense", 0.6),
                        java.util.Map.entry("lexical", 0.4),
                        java.util.Map.entry("neighbour", 0.0));
        assertThat(first.score()).isEqualTo(1.0);
        assertThat(index.embedded(2)).isTrue();
        assertThat(index.embedded(3)).isFalse();
    }

    @Test
    void neighboursOfOneSessionSupportEachOther() {
        add(1, 0, "Which fruit do you like?");
        add(2, 0, "apple");
        add(3, 1, "apple");
        add(4, 2, "Nothing here");
        List<Ranked> hits = search("fruit apple", null, 10, Long.MAX_VALUE);
        assertThat(hits).extracting(Ranked::seq).containsExactly(1L, 2L, 3L);
        assertThat(hits.getFirst().parts().get("neighbour")).isPositive();
        assertThat(hits.getLast().parts().get("neighbour")).isZero();
    }

    @Test
    void aDeletedMessageIsGoneAndItsNeighboursMoveTogether() {
        add(1, 0, "apple");
        add(2, 0, "secret");
        add(3, 0, "silence");
        index.vectors(2, List.of(EAST));
        index.delete(2);
        index.delete(2);
        index.delete(77);
        assertThat(found("secret", EAST)).isEmpty();
        assertThat(found("apple", EAST)).containsExactly(1L, 3L);
        assertThat(index.size()).isEqualTo(2);
        index.vectors(2, List.of(EAST));
        assertThat(index.embedded(2)).isFalse();
        index.delete(1);
        index.delete(3);
        assertThat(found("apple", EAST)).isEmpty();
    }

    @Test
    void theBestOfSeveralWindowsCountsAndNewOnesReplaceThem() {
        add(1, 0, "one");
        add(2, 1, "two");
        index.vectors(1, List.of(NORTH, EAST));
        index.vectors(2, List.of(new float[] {1, 1}));
        assertThat(found("", EAST)).containsExactly(1L, 2L);
        index.quantizedVectors(1, List.of(QuantizedVector.of(NORTH)));
        assertThat(found("", EAST)).containsExactly(2L, 1L);
        index.vectors(1, List.of());
        assertThat(index.embedded(1)).isFalse();
        assertThat(found("", EAST)).containsExactly(2L);
    }

    @Test
    void equalScoresAreOrderedNewestFirst() {
        for (int seq = 1; seq <= 20; seq++) {
            add(seq, seq, "apple");
            index.vectors(seq, List.of(EAST));
        }
        assertThat(search("apple", EAST, 3, Long.MAX_VALUE))
                .extracting(Ranked::seq)
                .containsExactly(20L, 19L, 18L);
        assertThat(search("", new float[2], 3, Long.MAX_VALUE))
                .extracting(Ranked::seq)
                .containsExactly(20L, 19L, 18L);
    }

    @Test
    void excludedMessagesCountForNothing() {
        add(5, 0, "apple pie");
        add(9, 0, "apple");
        index.vectors(9, List.of(EAST));
        assertThat(search("apple", EAST, 5, 5)).isEmpty();
        for (long from : new long[] {6, 9}) {
            List<Ranked> hits = search("apple", EAST, 5, from);
            assertThat(hits).extracting(Ranked::seq).containsExactly(5L);
            assertThat(hits.getFirst().parts()).containsEntry("lexical", 1.0).containsEntry("neighbour", 0.0);
        }
        assertThat(search("apple", EAST, 5, 10)).hasSize(2);
    }

    @Test
    void messagesThatAreNotSearchableTakeAPlaceOnly() {
        index.append(new IndexedMessage(3, true, "Ann", 0, Instant.EPOCH, "apple", false));
        index.vectors(3, List.of(EAST));
        assertThat(index.size()).isZero();
        assertThat(found("apple", EAST)).isEmpty();
        assertThatThrownBy(() -> add(3, 0, "again")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutAnEmbedderThereAreOnlyWords() {
        RelationshipIndex words = new RelationshipIndex(0);
        words.append(new IndexedMessage(1, true, "Ann", 0, Instant.EPOCH, "apple", true));
        assertThat(words.search(new RecallQuery("apple", EAST, 3, Instant.EPOCH, any -> false))
                        .hits())
                .hasSize(1);
        assertThatThrownBy(() -> words.vectors(1, List.of(EAST))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wrongUseIsRefused() {
        add(1, 0, "apple");
        assertThatThrownBy(() -> index.vectors(1, List.of(new float[3]))).isInstanceOf(IllegalArgumentException.class);
        assertThat(index.embedded(1)).isFalse();
        index.vectors(1, List.of(EAST));
        assertThatThrownBy(() -> found("apple", new float[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> search("apple", EAST, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMemoryTakesLittleMoreThanItsVector() {
        RelationshipIndex large = new RelationshipIndex(384);
        Random random = new Random(1);
        for (int seq = 1; seq <= 10_000; seq++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 20; word++) {
                text.append(" word").append((int) Math.abs(random.nextGaussian() * 3000));
            }
            large.append(new IndexedMessage(seq, true, "Ann", seq / 20, Instant.EPOCH, text.toString(), true));
            large.quantizedVectors(seq, List.of(new QuantizedVector(1, new byte[384])));
        }
        assertThat(large.bytes() / 10_000.0).isBetween(400.0, 640.0);
        RelationshipIndex small = new RelationshipIndex(384);
        assertThat(small.bytes()).isLessThan(5_000);
    }

    @Test
    void everySearchIsThatOfAPlainRanking() {
        for (int seed = 0; seed < 200; seed++) {
            PlainRanking plain = PlainRanking.random(new Random(seed));
            for (int limit : new int[] {1, 7, 1000}) {
                List<Ranked> hits = plain.search(limit);
                List<Double> expected = plain.bestScores(limit);
                assertThat(hits).as("seed %d", seed).hasSize(expected.size());
                for (int i = 0; i < hits.size(); i++) {
                    Ranked hit = hits.get(i);
                    assertThat(hit.score()).as("seed %d, hit %d", seed, i).isCloseTo(expected.get(i), within(1e-5));
                    double sum = hit.parts().values().stream()
                            .mapToDouble(part -> part)
                            .sum();
                    assertThat(hit.score()).as("seed %d, hit %d", seed, i).isCloseTo(sum, within(1e-12));
                }
            }
        }
    }

    private void add(long seq, int session, String text) {
        index.append(new IndexedMessage(seq, true, "Ann", session, Instant.EPOCH, text, true));
    }

    private List<Long> found(String text, float @Nullable [] vector) {
        return search(text, vector, 10, Long.MAX_VALUE).stream()
                .map(Ranked::seq)
                .toList();
    }

    private List<Ranked> search(String text, float @Nullable [] vector, int limit, long before) {
        return index.search(new RecallQuery(text, vector, limit, Instant.EPOCH, seq -> seq >= before))
                .hits();
    }
}
