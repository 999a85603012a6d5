package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.VectorIndex;
import dev.hearth.spi.VectorIndex.Entry;
import dev.hearth.spi.VectorIndex.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link VectorIndex} does. */
public abstract class VectorIndexContract {

    private static final double ROUNDING = 1e-3;
    private static final int DIMENSION = 8;
    private static final long SEED = 7;

    private Partition anna = new Partition("anna");
    private Partition ben = new Partition("ben");

    protected VectorIndex index;

    /** An index of 8 numbers a vector in which this test's partitions have nothing. */
    protected abstract VectorIndex open();

    /** What the deadlines of this suite are read against. */
    protected abstract Clock clock();

    /** What the names of partitions end with, {@code [a-z0-9]}; other than empty where runs share a store. */
    protected String suffix() {
        return "";
    }

    /** Asserts what readers see sooner or later; here at once. Where it takes a while, tries again for some time. */
    protected void eventually(Runnable assertion) {
        assertion.run();
    }

    @BeforeEach
    final void openIndex() {
        anna = new Partition("anna" + suffix());
        ben = new Partition("ben" + suffix());
        index = open();
    }

    @AfterEach
    final void closeIndex() {
        index.close();
    }

    @Test
    protected final void theNearestComeFirstWithTheirCosine() {
        index.upsert(
                anna,
                "rel_1",
                List.of(entry("east", 1, 0), entry("north", 0, 1), entry("northeast", 3, 3), entry("west", -2, 0)),
                soon());
        eventually(() -> {
            List<Match> found = query(anna, "rel_1", 10, 5, 0.5f);
            assertThat(found).extracting(Match::id).containsExactly("east", "northeast", "north", "west");
            assertThat(found.get(0).score()).isCloseTo(5 / Math.sqrt(25.25), within(ROUNDING));
            assertThat(found.get(1).score()).isCloseTo(5.5 / Math.sqrt(25.25 * 2), within(ROUNDING));
            assertThat(found.get(2).score()).isCloseTo(0.5 / Math.sqrt(25.25), within(ROUNDING));
            assertThat(found.get(3).score()).isCloseTo(-5 / Math.sqrt(25.25), within(ROUNDING));
            assertThat(query(anna, "rel_1", 2, 5, 0.5f)).extracting(Match::id).containsExactly("east", "northeast");
        });
    }

    @Test
    protected final void whatHasNothingAnswersNothing() {
        assertThat(query(anna, "rel_1", 10, 1)).isEmpty();
        assertThat(index.count(anna, soon())).isZero();
        index.upsert(anna, "rel_1", List.of(), soon());
        index.delete(anna, "rel_1", List.of(), soon());
        index.delete(anna, "rel_1", List.of("absent"), soon());
        assertThat(index.drop(anna, soon())).isEqualTo(Removal.NOTHING);
        assertThat(index.count(anna, soon())).isZero();
    }

    @Test
    protected final void anUpsertReplaces() {
        index.upsert(anna, "rel_1", List.of(entry("a", 1, 0), entry("b", 0, 1)), soon());
        index.upsert(anna, "rel_1", List.of(entry("a", 0, 0, 1)), soon());
        eventually(() -> {
            assertThat(query(anna, "rel_1", 1, 0, 0, 1)).extracting(Match::id).containsExactly("a");
            assertThat(query(anna, "rel_1", 10, 1, 0)).allMatch(match -> Math.abs(match.score()) < ROUNDING);
            assertThat(index.count(anna, soon())).isEqualTo(2);
        });
    }

    @Test
    protected final void aQuerySeesItsOwnSpaceAndPartitionOnly() {
        index.upsert(anna, "rel_1", List.of(entry("a", 1, 0), entry("x", 1, 1)), soon());
        index.upsert(anna, "rel_2", List.of(entry("a", 0, 1)), soon());
        index.upsert(anna, "rel_11", List.of(entry("c", 1, 0)), soon());
        index.upsert(ben, "rel_1", List.of(entry("d", 1, 0)), soon());
        eventually(() -> {
            assertThat(query(anna, "rel_1", 10, 1)).extracting(Match::id).containsExactly("a", "x");
            assertThat(query(anna, "rel_2", 10, 0, 1)).extracting(Match::id).containsExactly("a");
            assertThat(query(anna, "rel_2", 1, 0, 1).getFirst().score()).isCloseTo(1, within(ROUNDING));
            assertThat(query(ben, "rel_1", 10, 1)).extracting(Match::id).containsExactly("d");
            assertThat(index.count(anna, soon())).isEqualTo(4);
            assertThat(index.count(ben, soon())).isEqualTo(1);
        });
    }

    @Test
    protected final void aDeletedVectorIsNotFoundAndOthersAre() {
        index.upsert(anna, "rel_1", List.of(entry("a", 1, 0), entry("b", 1, 1), entry("c", 0, 1)), soon());
        index.upsert(anna, "rel_2", List.of(entry("a", 1, 0)), soon());
        index.delete(anna, "rel_1", List.of("a", "c", "absent"), soon());
        index.delete(anna, "rel_1", List.of("a"), soon());
        eventually(() -> {
            assertThat(query(anna, "rel_1", 10, 1)).extracting(Match::id).containsExactly("b");
            assertThat(query(anna, "rel_2", 10, 1)).extracting(Match::id).containsExactly("a");
            assertThat(index.count(anna, soon())).isEqualTo(2);
        });
    }

    @Test
    protected final void aDropRemovesOnePartitionAndSaysHowMuch() {
        index.upsert(anna, "rel_1", List.of(entry("a", 1), entry("b", 0, 1)), soon());
        index.upsert(anna, "rel_2", List.of(entry("a", 1)), soon());
        index.upsert(ben, "rel_1", List.of(entry("a", 1)), soon());
        eventually(() -> {
            assertThat(index.count(anna, soon())).isEqualTo(3);
            assertThat(index.count(ben, soon())).isEqualTo(1);
        });
        assertThat(index.drop(anna, soon())).isEqualTo(new Removal(3, 3L * DIMENSION * Float.BYTES));
        assertThat(index.count(anna, soon())).isZero();
        assertThat(index.drop(anna, soon())).isEqualTo(Removal.NOTHING);
        index.upsert(anna, "rel_2", List.of(entry("z", 1)), soon());
        eventually(() -> {
            assertThat(query(anna, "rel_1", 10, 1)).isEmpty();
            assertThat(query(anna, "rel_2", 10, 1)).extracting(Match::id).containsExactly("z");
            assertThat(query(ben, "rel_1", 10, 1)).extracting(Match::id).containsExactly("a");
        });
    }

    @Test
    protected final void thousandsGoInAndOutInOneCall() {
        Random random = new Random(SEED);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            float[] vector = new float[DIMENSION];
            for (int at = 0; at < DIMENSION; at++) {
                vector[at] = (float) random.nextGaussian();
            }
            entries.add(new Entry("mem_" + i, vector));
        }
        float[] asked = entries.get(1_234).vector();
        List<String> nearest = entries.stream()
                .sorted(Comparator.comparingDouble(entry -> -cosine(entry.vector(), asked)))
                .limit(5)
                .map(Entry::id)
                .toList();
        index.upsert(anna, "rel_1", entries, soon());
        eventually(() -> {
            assertThat(index.count(anna, soon())).isEqualTo(2_500);
            assertThat(index.query(anna, "rel_1", asked, 5, soon()))
                    .as("seed %d", SEED)
                    .extracting(Match::id)
                    .containsExactlyElementsOf(nearest);
            assertThat(index.query(anna, "rel_1", asked, VectorIndex.MAX_LIMIT, soon()))
                    .hasSize(VectorIndex.MAX_LIMIT);
        });
        index.delete(anna, "rel_1", entries.stream().skip(10).map(Entry::id).toList(), soon());
        eventually(() -> {
            assertThat(index.count(anna, soon())).isEqualTo(10);
            assertThat(index.query(anna, "rel_1", asked, 100, soon())).hasSize(10);
        });
    }

    @Test
    protected final void namesOfEveryVisibleCharacterStayApart() {
        String visible = "!\"$%&'()*+,-./0:;<=>?@A[\\]^_`a{|}~";
        String longest = "s".repeat(VectorIndex.MAX_SPACE);
        index.upsert(anna, visible, List.of(entry("#" + visible, 1), entry("b", 0, 1)), soon());
        index.upsert(anna, longest, List.of(entry("i".repeat(VectorIndex.MAX_ID), 1)), soon());
        eventually(() -> {
            assertThat(query(anna, visible, 1, 1)).extracting(Match::id).containsExactly("#" + visible);
            assertThat(query(anna, longest, 9, 1))
                    .extracting(Match::id)
                    .containsExactly("i".repeat(VectorIndex.MAX_ID));
        });
    }

    @Test
    protected final void otherNamesVectorsAndLimitsAreTheCallersMistake() {
        for (String space : List.of("", "a b", "a#b", "\u00e9", "a\n", "s".repeat(VectorIndex.MAX_SPACE + 1))) {
            assertMistake(() -> index.upsert(anna, space, List.of(entry("a", 1)), soon()));
            assertMistake(() -> query(anna, space, 1, 1));
            assertMistake(() -> index.delete(anna, space, List.of("a"), soon()));
        }
        for (String id : List.of("", "a b", "\u00e9", "a\0", "i".repeat(VectorIndex.MAX_ID + 1))) {
            assertMistake(() -> index.upsert(anna, "rel_1", List.of(entry("ok", 1), entry(id, 1)), soon()));
            assertMistake(() -> index.delete(anna, "rel_1", List.of(id), soon()));
        }
        for (float[] vector : List.of(
                new float[0], new float[DIMENSION - 1], new float[DIMENSION], padded(Float.NaN), padded(1e40))) {
            assertMistake(() -> index.upsert(anna, "rel_1", List.of(entry("ok", 1), new Entry("a", vector)), soon()));
            assertMistake(() -> index.query(anna, "rel_1", vector, 1, soon()));
        }
        assertMistake(() -> index.upsert(anna, "rel_1", List.of(entry("a", 1), entry("a", 0, 1)), soon()));
        assertMistake(() -> query(anna, "rel_1", 0, 1));
        assertMistake(() -> query(anna, "rel_1", VectorIndex.MAX_LIMIT + 1, 1));
        assertThat(index.count(anna, soon())).isZero();
    }

    @Test
    protected final void manyMayWriteAtOnce() throws Exception {
        Together.run(8, thread -> () -> {
            index.upsert(anna, "rel_" + thread, List.of(entry("a", 1), entry("b", 0, 1)), soon());
            return true;
        });
        eventually(() -> {
            assertThat(index.count(anna, soon())).isEqualTo(16);
            for (int thread = 0; thread < 8; thread++) {
                assertThat(query(anna, "rel_" + thread, 9, 1))
                        .extracting(Match::id)
                        .containsExactly("a", "b");
            }
        });
    }

    @Test
    protected final void itSaysItsDimension() {
        assertThat(index.dimension()).isEqualTo(DIMENSION);
    }

    @Test
    protected final void whatIsLateBeginsNothing() {
        Deadline passed = Deadline.after(clock(), Duration.ZERO);
        assertThatThrownBy(() -> index.upsert(anna, "rel_1", List.of(entry("a", 1)), passed))
                .isInstanceOfSatisfying(
                        StoreException.class, late -> assertThat(late.kind()).isEqualTo(StoreException.Kind.DEADLINE));
        assertThat(index.count(anna, soon())).isZero();
    }

    @Test
    protected final void aClosedIndexSaysSo() {
        index.close();
        index.close();
        Asking.assertClosed(() -> index.upsert(anna, "rel_1", List.of(entry("a", 1)), soon()));
        Asking.assertClosed(() -> query(anna, "rel_1", 1, 1));
        Asking.assertClosed(() -> index.delete(anna, "rel_1", List.of("a"), soon()));
        Asking.assertClosed(() -> index.count(anna, soon()));
        Asking.assertClosed(() -> index.drop(anna, soon()));
    }

    private List<Match> query(Partition partition, String space, int limit, float... beginning) {
        return index.query(partition, space, Arrays.copyOf(beginning, DIMENSION), limit, soon());
    }

    private static Entry entry(String id, float... beginning) {
        return new Entry(id, Arrays.copyOf(beginning, DIMENSION));
    }

    private static float[] padded(double first) {
        float[] vector = new float[DIMENSION];
        vector[0] = (float) first;
        return vector;
    }

    private static double cosine(float[] one, float[] other) {
        double dot = 0;
        double squares = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            dot += (double) one[i] * other[i];
            squares += (double) one[i] * one[i];
            others += (double) other[i] * other[i];
        }
        return dot / Math.sqrt(squares * others);
    }

    private static void assertMistake(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }

    private Deadline soon() {
        return Asking.soon(clock());
    }
}
