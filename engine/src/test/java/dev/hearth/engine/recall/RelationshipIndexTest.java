package dev.hearth.engine.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.kernel.vector.QuantizedVector;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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
    void aQuestionThatNamesASpeakerIsAfterWhatTheySaid() {
        index.append(new IndexedMessage(1, true, "Caroline", 0, Instant.EPOCH, "I paint", true));
        index.append(new IndexedMessage(2, false, "Melanie", 1, Instant.EPOCH, "I paint", true));
        assertThat(found("What does Melanie paint?", null)).startsWith(2L);
        assertThat(found("What does Caroline paint?", null)).startsWith(1L);
        assertThat(index.content("What does Caroline paint?")).isEqualTo("paint");
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
        assertThat(first.parts().keySet())
                .containsExactly("dense", "lexical", "neighbour", "session", "speaker", "time", "form", "feedback");
        assertThat(first.parts().values().stream().mapToDouble(part -> part).sum())
                .isCloseTo(first.score(), within(1e-9));
        assertThat(first.likeness()).isCloseTo(1, within(0.01));
        assertThat(index.embedded(2)).isTrue();
        assertThat(index.embedded(3)).isFalse();
    }

    @Test
    void confidenceTellsWhatTheMemoriesKnowFromWhatTheyDoNot() {
        add(1, 0, "My sister Clara plays the cello");
        add(2, 1, "I had soup for lunch");
        assertThat(confidence("What does my sister Clara play?")).isGreaterThan(0.9);
        assertThat(confidence("What does my uncle Hubert play?")).isLessThan(0.6);
        assertThat(confidence("Which submarine sank?")).isZero();
    }

    @Test
    void whatTheUserSaidOfLateGoesBeforeWhatTheySaidEarlier() {
        for (int seq = 1; seq <= 12; seq++) {
            add(seq, seq, seq == 3 ? "I live in Munich" : seq == 9 ? "I live in Berlin" : "Soup again, number " + seq);
            index.vectors(seq, List.of(seq % 6 == 3 ? EAST : NORTH));
        }
        assertThat(found("Where do I live?", EAST)).startsWith(9L, 3L);
    }

    @Test
    void neighboursOfOneSessionSupportEachOther() {
        add(1, 0, "Which fruit do you like?");
        add(2, 0, "apple");
        add(3, 1, "apple");
        add(4, 2, "Nothing here");
        List<Ranked> hits = search("fruit apple", null, 10, Long.MAX_VALUE);
        assertThat(hits).extracting(Ranked::seq).containsExactlyInAnyOrder(1L, 2L, 3L);
        Ranked alone = hits.stream().filter(hit -> hit.seq() == 3).findFirst().orElseThrow();
        Ranked beside = hits.stream().filter(hit -> hit.seq() == 2).findFirst().orElseThrow();
        assertThat(beside.parts().get("neighbour")).isGreaterThan(alone.parts().get("neighbour"));
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
        assertThat(words.search(RecallQuery.of("apple", 3, Instant.EPOCH, ZoneOffset.UTC)
                                .like(EAST, null))
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

    /** What is left out, by deletion or by the query, leaves no trace in the order or the scores of the others. */
    @Test
    void whatIsLeftOutCountsForNothing() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            RelationshipIndex whole = new RelationshipIndex(4);
            RelationshipIndex rest = new RelationshipIndex(4);
            int count = 1 + random.nextInt(60);
            int session = 0;
            long from = random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(count);
            for (int seq = 1; seq <= count; seq++) {
                session += random.nextInt(4) == 0 ? 1 : 0;
                String text = "apple pear plum".split(" ", 3)[random.nextInt(3)] + " number" + random.nextInt(6);
                IndexedMessage message =
                        new IndexedMessage(seq, random.nextBoolean(), "", session, Instant.EPOCH, text, true);
                float[] vector = {
                    random.nextFloat() - 0.5f, random.nextFloat(), random.nextFloat() - 0.5f, random.nextFloat()
                };
                boolean gone = random.nextInt(5) == 0;
                whole.append(message);
                whole.vectors(seq, List.of(vector));
                if (gone) {
                    whole.delete(seq);
                } else if (seq < from) {
                    rest.append(message);
                    rest.vectors(seq, List.of(vector));
                }
            }
            float[] asked = {1, 0.5f, -1, 0.2f};
            List<Ranked> left = search(whole, "apple number3", asked, 1_000, from);
            List<Ranked> only = search(rest, "apple number3", asked, 1_000, Long.MAX_VALUE);
            assertThat(left).as("seed %d", seed).extracting(Ranked::seq).doesNotHaveDuplicates();
            if (from == Long.MAX_VALUE) {
                // What a query leaves out still counts for how rare a word is.
                assertThat(left).as("seed %d", seed).isEqualTo(only);
            } else {
                assertThat(left).as("seed %d", seed).hasSameSizeAs(only);
            }
            for (Ranked hit : left) {
                double sum =
                        hit.parts().values().stream().mapToDouble(part -> part).sum();
                assertThat(hit.score()).as("seed %d", seed).isCloseTo(sum, within(1e-9));
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

    private static Set<Long> from(long seq) {
        return LongStream.range(seq, Math.max(seq, seq + 1_000)).boxed().collect(Collectors.toSet());
    }

    private double confidence(String text) {
        return index.search(RecallQuery.of(text, 5, Instant.EPOCH, ZoneOffset.UTC))
                .confidence();
    }

    private List<Ranked> search(String text, float @Nullable [] vector, int limit, long before) {
        return search(index, text, vector, limit, before);
    }

    private static List<Ranked> search(
            RelationshipIndex index, String text, float @Nullable [] vector, int limit, long before) {
        return index.search(RecallQuery.of(text, limit, Instant.EPOCH, ZoneOffset.UTC)
                        .like(vector, null)
                        .without(from(before)))
                .hits();
    }
}
