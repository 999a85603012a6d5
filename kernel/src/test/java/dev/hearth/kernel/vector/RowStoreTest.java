package dev.hearth.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class RowStoreTest {

    @Test
    void scoresAreCosinesAcrossChunks() {
        Random random = new Random(5);
        RowStore store = new RowStore(48);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < 2 * Rows.CHUNK + 17; i++) {
            vectors.add(Vectors.random(random, 48));
            store.put(i, List.of(QuantizedVector.of(vectors.get(i))), true);
        }
        float[] query = Vectors.random(random, 48);
        float[] scores = new float[store.rows().count()];
        store.rows().scan(query, scores);
        for (int i = 0; i < scores.length; i++) {
            assertThat((double) scores[i]).isCloseTo(Vectors.cosine(query, vectors.get(i)), within(0.02));
            assertThat(store.rows().owner(i)).isEqualTo(i);
        }
    }

    @Test
    void rowsOfABlockAreWhatTheirVectorsAre() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int count = 1 + random.nextInt(2 * Rows.CHUNK);
            float[] scales = new float[count];
            byte[] values = new byte[count * 8];
            for (int row = 0; row < count; row++) {
                QuantizedVector vector = QuantizedVector.of(Vectors.random(random, 8));
                scales[row] = vector.scale();
                System.arraycopy(vector.values(), 0, values, row * 8, 8);
            }
            QuantizedRows rows = new QuantizedRows(8, scales, values);
            RowStore one = new RowStore(8);
            RowStore other = new RowStore(8);
            if (random.nextBoolean()) {
                one.expect(count);
            }
            for (int from = 0, owner = 0; from < count; owner++) {
                int until = Math.min(count, from + random.nextInt(4));
                one.put(owner, rows, from, until, true);
                List<QuantizedVector> vectors = new ArrayList<>();
                for (int row = from; row < until; row++) {
                    vectors.add(rows.vector(row));
                }
                other.put(owner, vectors, true);
                from = until;
            }
            float[] query = Vectors.random(random, 8);
            float[] scores = new float[count];
            float[] others = new float[count];
            one.rows().scan(query, scores);
            other.rows().scan(query, others);
            assertThat(scores).as("seed %d", seed).isEqualTo(others);
            for (int row = 0; row < count; row++) {
                assertThat(one.rows().owner(row)).isEqualTo(other.rows().owner(row));
            }
            one.trim();
            assertThat(one.rows().bytes()).isLessThanOrEqualTo(other.rows().bytes());
        }
    }

    @Test
    void replacedRowsBelongToNobodyAndEarlierViewsDoNotChange() {
        RowStore store = new RowStore(2);
        QuantizedVector east = QuantizedVector.of(new float[] {1, 0});
        store.put(4, List.of(east, east), true);
        Rows before = store.rows();
        store.put(4, List.of(QuantizedVector.of(new float[] {0, 1})), false);
        assertThat(before.count()).isEqualTo(2);
        assertThat(before.owner(0)).isEqualTo(4);
        Rows after = store.rows();
        assertThat(after.count()).isEqualTo(3);
        assertThat(List.of(after.owner(0), after.owner(1), after.owner(2))).containsExactly(-1, -1, 4);
    }

    @Test
    void otherDimensionsAreRefusedAndChangeNothing() {
        RowStore store = new RowStore(2);
        QuantizedVector right = new QuantizedVector(1, new byte[2]);
        QuantizedVector wrong = new QuantizedVector(1, new byte[3]);
        assertThatThrownBy(() -> store.put(0, List.of(right, wrong), true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.rows().count()).isZero();
        assertThatThrownBy(() -> store.put(0, new QuantizedRows(3, new float[1], new byte[3]), 0, 1, true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuantizedRows(3, new float[1], new byte[4]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuantizedRows(1, new float[1], new byte[] {Byte.MIN_VALUE}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.rows().scan(new float[3], new float[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RowStore(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void smallStoresAreSmall() {
        RowStore store = new RowStore(384);
        for (int i = 0; i < 10; i++) {
            store.put(i, List.of(new QuantizedVector(1, new byte[384])), true);
        }
        assertThat(store.rows().bytes()).isLessThan(6_000);
        for (int i = 10; i < 10_000; i++) {
            store.put(i, List.of(new QuantizedVector(1, new byte[384])), true);
        }
        assertThat(store.rows().bytes() / 10_000).isLessThan(415);
    }

    @Test
    void readersSeeWholeRowsWhileOneThreadWrites() throws Exception {
        RowStore store = new RowStore(32);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> seen = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                seen.add(readers.submit(() -> readUntil(done, store)));
            }
            try {
                for (int i = 0; i < 9_500; i++) {
                    store.put(i % 9_000, List.of(axis(i % 9_000)), i < 9_000);
                }
            } finally {
                done.set(true);
            }
            for (Future<Integer> reader : seen) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    /** Every row points along its owner's own axis: a torn row would score otherwise. */
    private static int readUntil(AtomicBoolean done, RowStore store) {
        int scans = 0;
        while (!done.get() || scans == 0) {
            Rows rows = store.rows();
            float[] scores = new float[rows.count()];
            int axis = scans % 32;
            float[] query = new float[32];
            query[axis] = 1;
            rows.scan(query, scores);
            for (int row = 0; row < scores.length; row++) {
                int owner = rows.owner(row);
                if (owner != Rows.NOBODY && Math.abs(scores[row] - (owner % 32 == axis ? 1 : 0)) > 1e-3) {
                    throw new AssertionError("row " + row + " of " + owner + " scores " + scores[row]);
                }
            }
            scans++;
        }
        return scans;
    }

    private static QuantizedVector axis(int owner) {
        float[] vector = new float[32];
        vector[owner % 32] = 1;
        return QuantizedVector.of(vector);
    }
}
