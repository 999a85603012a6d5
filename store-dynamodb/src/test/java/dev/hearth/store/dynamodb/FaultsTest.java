package dev.hearth.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Erasure;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import dev.hearth.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Throttled, broken, stalled, lost: what is tried again, what is not, and what is said. */
final class FaultsTest {

    private static final Partition ANNA = new Partition("anna0");
    private static final String PUT = "PutItem";
    private static final String TRANSACT = "TransactWriteItems";
    private static final WriteOutcome WRITTEN = new WriteOutcome.Written();

    private final long seed = new Random().nextLong();
    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
    private final List<Duration> pauses = new ArrayList<>();
    private final DynamoSettings direct = DynamoDbLocal.freshTable();
    private FaultyWay way;
    private DynamoSettings settings;
    private WarmStore store;

    @BeforeEach
    void open() throws IOException {
        System.out.println("FaultsTest: seed " + seed);
        way = new FaultyWay(DynamoDbLocal.endpoint());
        settings = at(way.endpoint());
        store = DynamoWarmStore.open(connect(clock));
    }

    @AfterEach
    void close() {
        store.close();
        way.close();
    }

    @Test
    void throttledIsTriedAgainWithPausesThatGrow() {
        way.next(PUT, FaultyWay.THROTTLED, FaultyWay.refusal("ThrottlingException"));
        assertThat(write(List.of(absent("a")), put("a", 1))).isEqualTo(WRITTEN);
        assertThat(way.asked(PUT)).isEqualTo(3);

        way.next("GetItem", FaultyWay.THROTTLED, FaultyWay.AWAY, FaultyWay.ANSWER_LOST, FaultyWay.BROKEN);
        assertThat(revision("a")).isEqualTo(1);
        way.next("Query", FaultyWay.refusal("RequestLimitExceeded"));
        assertThat(store.exists(ANNA, soon())).isTrue();
        assertThat(pauses).hasSize(7);
        for (Duration pause : pauses) {
            assertThat(pause).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    @Test
    void whatIsThrottledUntilItsDeadlineSaysSo() {
        for (int i = 0; i < 100; i++) {
            way.next(PUT, FaultyWay.THROTTLED);
        }
        assertThatThrownBy(() -> write(List.of(), put("a", 1)))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(Kind.DEADLINE))
                .hasMessageEndingWith("it last answered with ProvisionedThroughputExceededException.");
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(5));
        assertThat(store.exists(ANNA, soon())).isFalse();
    }

    @Test
    void aTransactionInTheWayOfAnotherIsTriedAgain() {
        way.next(
                TRANSACT,
                FaultyWay.cancelled("None", "TransactionConflict"),
                FaultyWay.cancelled("ThrottlingError", "None"),
                FaultyWay.refusal("TransactionInProgressException"));
        way.next(PUT, FaultyWay.refusal("TransactionConflictException"));
        assertThat(write(List.of(absent("a")), put("a", 1), put("b", 1))).isEqualTo(WRITTEN);
        assertThat(write(List.of(), put("a", 2))).isEqualTo(WRITTEN);
        assertThat(way.asked(TRANSACT)).isEqualTo(4);
        assertThat(way.asked(PUT)).isEqualTo(2);
        assertThat(revision("a")).isEqualTo(2);
    }

    @Test
    void aTransactionWhoseAnswerIsLostIsTakenOnce() {
        assertThat(write(List.of(absent("a")), put("a", 1), put("b", 1))).isEqualTo(WRITTEN);
        way.next(TRANSACT, FaultyWay.ANSWER_LOST, FaultyWay.DONE_AND_BROKEN);
        assertThat(write(List.of(revisionIs("a", 1)), put("a", 2), delete("b"))).isEqualTo(WRITTEN);
        assertThat(way.asked(TRANSACT)).isEqualTo(4);
        assertThat(revision("a")).isEqualTo(2);
        assertThat(store.get(ANNA, "b", soon())).isNull();
    }

    @Test
    void whatMayHaveHappenedIsSaidWhateverFollows() {
        way.next(TRANSACT, FaultyWay.ANSWER_LOST, FaultyWay.refusal("AccessDeniedException"));
        assertFails(Kind.UNAVAILABLE, "The write may have happened", () -> write(List.of(), put("a", 1), put("b", 1)));
        assertThat(revision("a")).isEqualTo(1);
        way.next(TRANSACT, FaultyWay.DONE_AND_BROKEN);
        for (int i = 0; i < 100; i++) {
            way.next(TRANSACT, FaultyWay.THROTTLED);
        }
        assertFails(Kind.DEADLINE, "The write may have happened", () -> write(List.of(), put("a", 2), put("b", 2)));
        assertThat(revision("a")).isEqualTo(2);
    }

    @Test
    void aRepeatedTransactionDoesNotUndoWhatCameBetween() {
        CountDownLatch arrived = new CountDownLatch(1);
        way.next(TRANSACT, FaultyWay.ANSWER_LOST);
        try (WarmStore other = DynamoWarmStore.open(direct, clock)) {
            WarmStore between = DynamoWarmStore.open(Table.connect(settings, clock, new Random(seed), time -> {
                arrived.countDown();
                other.write(ANNA, new Write(List.of(revisionIs("a", 1)), List.of(put("a", 7))), soon());
            }));
            try (between) {
                Write write = new Write(List.of(), List.of(put("a", 1), put("b", 1)));
                assertThat(between.write(ANNA, write, soon())).isEqualTo(WRITTEN);
            }
        }
        assertThat(arrived.getCount()).isZero();
        assertThat(revision("a")).isEqualTo(7);
    }

    @Test
    void aPlainWriteThatMayHaveHappenedIsNotMadeAgain() {
        way.next(PUT, FaultyWay.ANSWER_LOST);
        assertFails(Kind.UNAVAILABLE, "The write may have happened", () -> write(List.of(absent("a")), put("a", 1)));
        assertThat(way.asked(PUT)).isEqualTo(1);
        assertThat(revision("a")).isEqualTo(1);

        way.next(PUT, FaultyWay.BROKEN);
        assertFails(Kind.UNAVAILABLE, "500 InternalServerError", () -> write(List.of(), put("b", 1)));
        assertThat(way.asked(PUT)).isEqualTo(2);
        assertThat(store.get(ANNA, "b", soon())).isNull();

        way.next("DeleteItem", FaultyWay.ANSWER_LOST);
        assertFails(Kind.UNAVAILABLE, "The write may have happened", () -> write(List.of(), delete("a")));
        assertThat(way.asked("DeleteItem")).isEqualTo(1);
    }

    @Test
    void aStallEndsWithTheDeadline() throws Exception {
        try (WarmStore real = DynamoWarmStore.open(settings, Clock.system())) {
            CountDownLatch until = new CountDownLatch(1);
            for (String operation : List.of("GetItem", PUT, TRANSACT, "Query")) {
                way.next(operation, new FaultyWay.Fault.Stalled(new CountDownLatch(1), until));
            }
            // Nothing answers any of them until the latch opens: what ends before is ended by its deadline.
            FutureTask<Boolean> onVirtual = new FutureTask<>(() -> {
                assertFails(Kind.DEADLINE, "by the deadline", () -> real.get(ANNA, "a", shortly()));
                return Thread.interrupted();
            });
            Thread.ofVirtual().start(onVirtual);
            assertThat(onVirtual.get(30, TimeUnit.SECONDS)).isFalse();

            Write one = new Write(List.of(), List.of(put("a", 1)));
            assertFails(Kind.DEADLINE, "The write may have happened", () -> real.write(ANNA, one, shortly()));
            Write two = new Write(List.of(), List.of(put("a", 1), put("b", 1)));
            assertFails(Kind.DEADLINE, "The write may have happened", () -> real.write(ANNA, two, shortly()));
            assertFails(Kind.DEADLINE, "by the deadline", () -> real.exists(ANNA, shortly()));
            assertThat(Thread.interrupted()).isFalse();
            until.countDown();
            assertThat(real.exists(ANNA, Deadline.after(Clock.system(), Duration.ofSeconds(30))))
                    .isFalse();
        }
    }

    @Test
    void anInterruptEndsACall() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch until = new CountDownLatch(1);
        way.next("GetItem", new FaultyWay.Fault.Stalled(arrived, until));
        FutureTask<Boolean> call = new FutureTask<>(() -> {
            assertFails(Kind.UNAVAILABLE, "interrupted", () -> store.get(ANNA, "a", soon()));
            return Thread.interrupted();
        });
        Thread thread = Thread.ofVirtual().start(call);
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        assertThat(call.get(30, TimeUnit.SECONDS)).isTrue();
        until.countDown();
    }

    @Test
    void aServerThatIsNotThereIsSaidSoon() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        URI nowhere = URI.create("http://127.0.0.1:" + nobody);
        assertThatThrownBy(() -> DynamoWarmStore.open(Table.connect(at(nowhere), clock, new Random(seed), this::pause)))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining(nowhere.toString())
                .hasMessageContaining("could not be asked: nothing takes a connection there.")
                .hasMessageContaining("Check that it runs, the endpoint")
                .hasMessageNotContaining("Exception")
                .hasMessageNotContaining("null");
        assertThat(pauses).hasSize(3);
    }

    @Test
    void whatNoRepetitionHelpsIsSaidAtOnceInWordsForTheOperator() {
        way.next(PUT, FaultyWay.refusal("AccessDeniedException"), FaultyWay.refusal("ExpiredTokenException"));
        way.next(PUT, FaultyWay.refusal("ResourceNotFoundException"), FaultyWay.refusal("ValidationException"));
        way.next("GetItem", FaultyWay.refusal("AccessDeniedException"));
        assertFails(Kind.READ_ONLY, "Give their owner the rights", () -> write(List.of(), put("a", 1)));
        assertFails(Kind.UNAVAILABLE, "does not accept these credentials", () -> write(List.of(), put("a", 1)));
        assertFails(Kind.UNAVAILABLE, "There is no table", () -> write(List.of(), put("a", 1)));
        assertFails(Kind.UNAVAILABLE, "refuses the request (ValidationException)", () -> write(List.of(), put("a", 1)));
        assertFails(Kind.UNAVAILABLE, "may not be read", () -> store.get(ANNA, "a", soon()));
        assertThat(pauses).isEmpty();
        way.next(TRANSACT, FaultyWay.cancelled("ConditionalCheckFailed", "TransactionConflict"));
        assertThat(write(List.of(absent("a")), put("a", 1), put("b", 1))).isEqualTo(new WriteOutcome.Conflict("a"));
        assertThat(pauses).isEmpty();
    }

    @Test
    void aDropThatIsThrottledGoesOn() {
        for (int i = 0; i < 60; i++) {
            write(List.of(), put("k" + i, 1));
        }
        way.next("BatchWriteItem", FaultyWay.THROTTLED, FaultyWay.ANSWER_LOST, FaultyWay.AWAY);
        way.next("Query", FaultyWay.BROKEN);
        assertThat(store.drop(ANNA, soon()).removed()).isEqualTo(60);
        assertThat(store.exists(ANNA, soon())).isFalse();
    }

    @Test
    void keysAndErasuresSurviveALostAnswer() {
        byte[] operatorKey = new byte[32];
        try (DynamoKeys keys = DynamoKeys.open(connect(clock), operatorKey, clock);
                DynamoKeys others = DynamoKeys.open(Table.connect(direct, clock), operatorKey, clock);
                DynamoErasureLedger ledger = DynamoErasureLedger.open(connect(clock), clock)) {
            way.next(TRANSACT, FaultyWay.ANSWER_LOST, FaultyWay.AWAY);
            var made = keys.findOrCreate(ANNA);
            assertThat(others.findOrCreate(ANNA).id()).isEqualTo(made.id());
            way.next(TRANSACT, FaultyWay.ANSWER_LOST);
            assertThat(keys.destroy(ANNA)).isTrue();

            Erasure erasure = new Erasure("era_1", ANNA, made.id(), clock.now(), Erasure.Step.STARTED);
            way.next(TRANSACT, FaultyWay.DONE_AND_BROKEN);
            ledger.append(erasure);
            assertThat(ledger.entries()).containsExactly(erasure);
        }
    }

    private Table connect(ManualClock at) {
        return Table.connect(settings, at, new Random(seed), this::pause);
    }

    private void pause(Duration time) {
        pauses.add(time);
        clock.advance(time);
    }

    private DynamoSettings at(URI endpoint) {
        return new DynamoSettings(endpoint, direct.region(), direct.table(), direct.credentials());
    }

    private Deadline soon() {
        return Deadline.after(clock, Duration.ofSeconds(5));
    }

    private static Deadline shortly() {
        return Deadline.after(Clock.system(), Duration.ofMillis(300));
    }

    private WriteOutcome write(List<Write.Condition> conditions, Write.Operation... operations) {
        return store.write(ANNA, new Write(conditions, List.of(operations)), soon());
    }

    private long revision(String key) {
        Item item = store.get(ANNA, key, soon());
        return item == null ? 0 : item.revision();
    }

    private static Write.Operation put(String key, long revision) {
        return new Write.Operation.Put(key, revision, new byte[] {1, 2, 3}, null);
    }

    private static Write.Operation delete(String key) {
        return new Write.Operation.Delete(key);
    }

    private static Write.Condition absent(String key) {
        return new Write.Condition.Absent(key);
    }

    private static Write.Condition revisionIs(String key, long revision) {
        return new Write.Condition.RevisionIs(key, revision);
    }

    private void assertFails(Kind kind, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(kind))
                .hasMessageContaining(settings.table())
                .hasMessageContaining(message)
                .hasMessageNotContaining("anything");
    }
}
