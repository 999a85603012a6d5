package dev.hearth.store.guarded;

import static dev.hearth.store.guarded.Fixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HedgedReadsTest {

    private static final long MILLI = 1_000_000;
    private static final byte[] BYTES = {1, 2, 3};

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
    private final Deque<Long> latencies = new ArrayDeque<>();
    private LongSupplier otherwise = () -> 10 * MILLI;
    private @Nullable SimulatedRace race;

    private final HedgedReads reads = new HedgedReads(
            () -> race = new SimulatedRace(
                    clock, () -> latencies.isEmpty() ? otherwise.getAsLong() : latencies.removeFirst()),
            clock);

    @Test
    void aReadThatStallsIsAnsweredByItsSecondRequest() {
        warmUp(20);
        latencies.addAll(List.of(60_000 * MILLI, 7 * MILLI));
        long begun = clock.nanoTime();
        assertThat(reads.read(within(5_000), () -> BYTES)).isEqualTo(BYTES);
        assertThat(clock.nanoTime() - begun).isEqualTo(17 * MILLI);
        assertThat(reads.hedged()).isEqualTo(1);
        assertThat(reads.won()).isEqualTo(1);
        assertThat(race().closed()).isTrue();
    }

    @Test
    void theFirstRequestMayWinToo() {
        warmUp(20);
        latencies.addAll(List.of(12 * MILLI, 7 * MILLI));
        long begun = clock.nanoTime();
        reads.read(within(5_000), () -> BYTES);
        assertThat(clock.nanoTime() - begun).isEqualTo(12 * MILLI);
        assertThat(reads.hedged()).isEqualTo(1);
        assertThat(reads.won()).isZero();
    }

    @Test
    void whatIsAbsentIsAnAnswer() {
        warmUp(20);
        latencies.addAll(List.of(60_000 * MILLI, 7 * MILLI));
        assertThat(reads.read(within(5_000), () -> null)).isNull();
        assertThat(reads.won()).isEqualTo(1);
    }

    @Test
    void aReadThatIsNotSlowIsAskedOnce() {
        warmUp(400);
        assertThat(reads.hedged()).isZero();
        assertThat(reads.reads()).isEqualTo(400);
    }

    @Test
    void aFailureCountsOnlyWhereTheOtherFailsToo() {
        warmUp(40);
        latencies.addAll(List.of(12 * MILLI, 30 * MILLI));
        Deque<Boolean> failing = new ArrayDeque<>(List.of(true, false));
        assertThat(reads.read(within(5_000), () -> failing.remove() ? failed() : BYTES))
                .isEqualTo(BYTES);
        latencies.addAll(List.of(45 * MILLI, 1 * MILLI));
        StoreException thrown =
                catchThrowableOfType(StoreException.class, () -> reads.read(within(5_000), HedgedReadsTest::failed));
        assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(thrown.getSuppressed()).hasSize(1);
    }

    @Test
    void aFailureThatIsNotSlowIsNotAskedAgain() {
        warmUp(40);
        assertFails(Kind.UNAVAILABLE, () -> reads.read(within(5_000), HedgedReadsTest::failed));
        assertThat(reads.hedged()).isZero();
    }

    @Test
    void neitherRequestOutlivesTheDeadline() {
        warmUp(20);
        latencies.addAll(List.of(60_000 * MILLI, 60_000 * MILLI));
        long begun = clock.nanoTime();
        assertFails(Kind.DEADLINE, () -> reads.read(within(200), () -> BYTES));
        assertThat(clock.nanoTime() - begun).isEqualTo(200 * MILLI);
        assertThat(reads.hedged()).isEqualTo(1);
        assertThat(race().closed()).isTrue();
    }

    @Test
    void aDeadlineThatComesBeforeAReadIsSlowIsNotHedged() {
        warmUp(20);
        latencies.add(60_000 * MILLI);
        assertFails(Kind.DEADLINE, () -> reads.read(within(10), () -> BYTES));
        assertThat(reads.hedged()).isZero();
    }

    /** Latencies with a long tail, stalls, failures and deadlines of every length. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whateverHappensTheBudgetAndTheDeadlineHold(long seed) {
        Random random = new Random(seed);
        Tail tail = new Tail(random);
        otherwise = tail;
        BudgetCheck budget = new BudgetCheck();
        double failing = random.nextDouble(0.2);
        for (int read = 0; read < 3_000; read++) {
            String where = "seed " + seed + ", read " + read;
            long given = random.nextLong(1, 2_000) * MILLI;
            long begun = clock.nanoTime();
            Kind failure = null;
            try {
                assertThat(reads.read(within(given / MILLI), () -> random.nextDouble() < failing ? failed() : BYTES))
                        .as(where)
                        .isEqualTo(BYTES);
            } catch (StoreException failed) {
                failure = failed.kind();
            }
            long took = clock.nanoTime() - begun;
            List<SimulatedRace.Request> requests = race().begun();
            assertThat(took).as(where).isLessThanOrEqualTo(given);
            assertThat(requests).as(where).hasSizeBetween(1, 2);
            assertThat(race().closed()).as(where).isTrue();
            assertThat(failure).as(where).isEqualTo(expected(requests, begun, given));
            if (failure == null) {
                assertThat(begun + took).as(where).isEqualTo(firstGood(requests));
            }
            budget.read(requests.size() == 2, where);
        }
        assertThat(reads.hedged())
                .as("seed %d", seed)
                .isEqualTo(budget.hedged())
                .isPositive();
        assertThat(reads.won()).as("seed %d", seed).isPositive();
    }

    /** Null for an answer; what becomes of a read is told by its requests and its deadline alone. */
    private static @Nullable Kind expected(List<SimulatedRace.Request> requests, long begun, long given) {
        if (firstGood(requests) <= begun + given) {
            return null;
        }
        boolean failedInTime = requests.stream()
                .anyMatch(request -> request.answer() instanceof Race.Answer.Failed && request.ends() <= begun + given);
        return failedInTime ? Kind.UNAVAILABLE : Kind.DEADLINE;
    }

    private static long firstGood(List<SimulatedRace.Request> requests) {
        return requests.stream()
                .filter(request -> request.answer() instanceof Race.Answer.Got)
                .map(SimulatedRace.Request::ends)
                .min(Comparator.naturalOrder())
                .orElse(Long.MAX_VALUE);
    }

    /** Mostly quick, sometimes ten times slower, now and then never; how often changes. */
    private static final class Tail implements LongSupplier {

        private final Random random;
        private double slow = 0.05;

        private Tail(Random random) {
            this.random = random;
        }

        @Override
        public long getAsLong() {
            slow = random.nextInt(300) == 0 ? random.nextDouble(0.5) : slow;
            if (random.nextDouble() >= slow) {
                return random.nextLong(5 * MILLI, 30 * MILLI);
            }
            return random.nextInt(4) == 0 ? 3_600_000 * MILLI : random.nextLong(50 * MILLI, 500 * MILLI);
        }
    }

    private void warmUp(int times) {
        for (int i = 0; i < times; i++) {
            reads.read(within(5_000), () -> BYTES);
        }
    }

    private SimulatedRace race() {
        return Objects.requireNonNull(race);
    }

    private static byte[] failed() {
        throw new StoreException(Kind.UNAVAILABLE, "Injected by the test.");
    }

    private Deadline within(long millis) {
        return Deadline.after(clock, Duration.ofMillis(millis));
    }
}
