package dev.hearth.index.pinecone;

import static dev.hearth.index.pinecone.FakePinecone.Fault.ANSWER_LOST;
import static dev.hearth.index.pinecone.FakePinecone.Fault.CUT_SHORT;
import static dev.hearth.index.pinecone.FakePinecone.Fault.FORBIDDEN;
import static dev.hearth.index.pinecone.FakePinecone.Fault.NONE;
import static dev.hearth.index.pinecone.FakePinecone.Fault.RATE_LIMITED;
import static dev.hearth.index.pinecone.FakePinecone.Fault.RATE_LIMITED_ONE_HOUR;
import static dev.hearth.index.pinecone.FakePinecone.Fault.RATE_LIMITED_TWO_SECONDS;
import static dev.hearth.index.pinecone.FakePinecone.Fault.REQUEST_LOST;
import static dev.hearth.index.pinecone.FakePinecone.Fault.STALLED;
import static dev.hearth.index.pinecone.FakePinecone.Fault.TOO_LARGE;
import static dev.hearth.index.pinecone.FakePinecone.Fault.UNAVAILABLE;
import static dev.hearth.index.pinecone.FakePinecone.Fault.UNPAID;
import static dev.hearth.index.pinecone.FakePinecone.Fault.WEB_PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.spi.VectorIndex.Entry;
import dev.hearth.spi.VectorIndex.Match;
import dev.hearth.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong between the index and Pinecone. The timeouts here end a hanging test and measure nothing. */
@Timeout(60)
final class PineconeFaultsTest {

    private static final Partition PARTITION = new Partition("p0");
    private static final String NAMESPACE = "DELETE /namespaces/p0";
    private static final String LIST = "GET /namespaces";
    private static final String UPSERT = "POST /vectors/upsert";
    private static final String QUERY = "POST /query";
    private static final float[] EAST = {1, 0, 0};

    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private FakePinecone pinecone;
    private PineconeVectorIndex index;

    @BeforeEach
    void open() throws IOException {
        pinecone = new FakePinecone(3, "cosine");
        index = open(pinecone, FakePinecone.KEY, 3);
    }

    @AfterEach
    void close() {
        index.close();
        pinecone.close();
    }

    private PineconeVectorIndex open(FakePinecone fake, String key, int dimension) {
        return PineconeVectorIndex.open(fake.settings(key), dimension, new Random(7), pauses::add, soon());
    }

    @Test
    void tooManyRequestsPass() {
        pinecone.next(RATE_LIMITED, RATE_LIMITED, NONE);
        upsert("a");
        assertThat(pinecone.requests()).containsExactly(UPSERT, UPSERT, UPSERT);
        assertThat(pauses).hasSize(2).allMatch(pause -> pause.compareTo(Duration.ofMillis(100)) <= 0);
        pinecone.next(RATE_LIMITED_TWO_SECONDS, NONE);
        assertThat(query()).containsExactly("a");
        assertThat(pauses.getLast()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_050));
    }

    @Test
    void whatAsksToWaitBeyondTheDeadlineIsToldAtOnce() {
        pinecone.next(RATE_LIMITED_ONE_HOUR);
        assertFails(Kind.UNAVAILABLE, () -> upsert("a"))
                .hasMessageContaining("write vectors into the Pinecone index at 127.0.0.1:")
                .hasMessageContaining("429")
                .hasMessageNotContaining("may have happened");
        assertThat(pauses).isEmpty();
        assertThat(pinecone.requests()).containsExactly(UPSERT);
    }

    @Test
    void anOverloadedServicePasses() {
        pinecone.next(UNAVAILABLE, NONE);
        upsert("a");
        pinecone.next(UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, NONE);
        assertThat(query()).containsExactly("a");
        pinecone.next(UNAVAILABLE, NONE);
        delete("a");
        pinecone.next(UNAVAILABLE, NONE);
        assertThat(index.count(PARTITION, soon())).isZero();
        assertThat(pauses).hasSize(8);
    }

    @Test
    void aStallEndsAtTheDeadline() {
        upsert("a");
        pinecone.next(STALLED);
        assertFails(Kind.DEADLINE, () -> index.query(PARTITION, "rel", EAST, 1, shortly()));
        pinecone.next(STALLED);
        assertFails(Kind.DEADLINE, () -> index.upsert(PARTITION, "rel", List.of(entry("b")), shortly()))
                .hasMessageContaining("may have happened");
        pinecone.next(UNAVAILABLE, STALLED);
        assertFails(Kind.DEADLINE, () -> index.drop(PARTITION, shortly()))
                .hasMessageContaining("after it answered 503");
        pinecone.next();
        assertThat(query()).contains("a");
    }

    @Test
    void whatIsLateAsksNothing() {
        pinecone.next();
        Deadline passed = Deadline.after(Clock.system(), Duration.ZERO);
        assertFails(Kind.DEADLINE, () -> index.drop(PARTITION, passed)).hasMessageContaining("nothing was changed");
        assertThat(pinecone.requests()).isEmpty();
    }

    @Test
    void anAnswerCutShortIsAskedForAgain() {
        upsert("a");
        pinecone.next(CUT_SHORT, CUT_SHORT, NONE);
        assertThat(query()).containsExactly("a");
        assertThat(pinecone.requests()).containsExactly(QUERY, QUERY, QUERY);
        pinecone.next(CUT_SHORT, CUT_SHORT, CUT_SHORT, CUT_SHORT);
        assertFails(Kind.UNAVAILABLE, this::query).hasMessageContaining("the connection broke");
        assertThat(pinecone.requests()).hasSize(4);
    }

    @Test
    void anUpsertWhoseAnswerWasLostHappensOnce() {
        pinecone.next(ANSWER_LOST, NONE);
        upsert("a");
        assertThat(pinecone.requests()).containsExactly(UPSERT, UPSERT);
        assertThat(pinecone.namespaces().ids("p0")).containsExactly("rel#a");
        assertThat(index.count(PARTITION, soon())).isEqualTo(1);
        pinecone.next(ANSWER_LOST, REQUEST_LOST, REQUEST_LOST, REQUEST_LOST);
        assertFails(Kind.UNAVAILABLE, () -> upsert("b")).hasMessageContaining("may have happened");
        assertThat(query()).containsExactly("a", "b");
    }

    @Test
    void aDropWhoseAnswerWasLostIsCompleteAndSaysWhatItRemoved() {
        upsert("a");
        upsert("b");
        pinecone.next(NONE, ANSWER_LOST, NONE);
        assertThat(index.drop(PARTITION, soon())).isEqualTo(new Removal(2, 2 * 3 * 4));
        assertThat(pinecone.requests()).containsExactly(LIST, NAMESPACE, NAMESPACE, LIST);
        assertThat(pinecone.namespaces().ids("p0")).isEmpty();
    }

    @Test
    void aDropIsOverWhenTheServiceCountsNothing() {
        ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
        upsert("a");
        pinecone.namespaces().hide();
        try (PineconeVectorIndex impatient = waiting(clock::advance)) {
            assertFails(Kind.DEADLINE, () -> impatient.drop(PARTITION, Deadline.after(clock, Duration.ofSeconds(20))))
                    .hasMessageContaining("counted 1 vectors when last asked");
        }
        assertThat(index.count(PARTITION, soon())).isEqualTo(1);
        try (PineconeVectorIndex patient = waiting(pause -> {
            pauses.add(pause);
            if (pauses.size() == 3) {
                pinecone.namespaces().show();
            }
        })) {
            assertThat(patient.drop(PARTITION, soon())).isEqualTo(new Removal(1, 3 * 4));
        }
        assertThat(pauses).hasSize(3);
    }

    private PineconeVectorIndex waiting(Calls.Pause pause) {
        return PineconeVectorIndex.open(pinecone.settings(), 3, new Random(7), pause, soon());
    }

    @Test
    void whatIsWrittenIsSeenLater() {
        pinecone.namespaces().hide();
        upsert("a");
        assertThat(query()).isEmpty();
        assertThat(index.count(PARTITION, soon())).isZero();
        pinecone.namespaces().show();
        assertThat(query()).containsExactly("a");
        pinecone.namespaces().hide();
        delete("a");
        assertThat(query()).containsExactly("a");
        pinecone.namespaces().show();
        assertThat(query()).isEmpty();
    }

    @Test
    void countsMayBeWrittenAsTexts() {
        upsert("a");
        pinecone.namespaces().countAsText();
        assertThat(index.count(PARTITION, soon())).isEqualTo(1);
    }

    @Test
    void aPartitionWhoseNameBeginsAnotherIsCountedByItself() {
        index.upsert(new Partition("p00"), "rel", List.of(entry("a"), entry("b")), soon());
        assertThat(index.count(PARTITION, soon())).isZero();
        assertThat(index.drop(PARTITION, soon())).isEqualTo(Removal.NOTHING);
        upsert("a");
        assertThat(index.count(PARTITION, soon())).isEqualTo(1);
        assertThat(index.count(new Partition("p00"), soon())).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"3, 3, 1", "1000, 3, 1", "2500, 3, 3", "1000, 700, 3"})
    void aLargeUpsertIsSeveralRequests(int vectors, int dimension, int requests) throws IOException {
        Random random = new Random(7);
        List<Entry> entries = IntStream.range(0, vectors)
                .mapToObj(i -> {
                    float[] vector = new float[dimension];
                    for (int at = 0; at < dimension; at++) {
                        // Numbers of few digits, so that the requests are as many on every run.
                        vector[at] = 1 + random.nextInt(1_000) / 1_000f;
                    }
                    return new Entry("mem_" + i, vector);
                })
                .toList();
        try (FakePinecone other = new FakePinecone(dimension, "cosine");
                PineconeVectorIndex large = open(other, FakePinecone.KEY, dimension)) {
            other.next();
            large.upsert(PARTITION, "rel", entries, soon());
            assertThat(other.requests()).hasSize(requests);
            assertThat(large.count(PARTITION, soon())).isEqualTo(vectors);
        }
    }

    @Test
    void itSendsVectorsAndOpaqueNamesOnly() {
        upsert("mem_1");
        assertThat(pinecone.namespaces().dump())
                .isEqualTo("{\"p0\":{\"rel#mem_1\":{\"values\":[1.0,0.0,0.0],\"metadata\":{\"space\":\"rel\"}}}}");
    }

    @Test
    void aVectorThatIsNotOfTheSpaceGetsNoFurther() {
        byte[] planted = """
                {"namespace": "p0", "vectors": [
                  {"id": "other#a", "values": [1, 0, 0], "metadata": {"space": "rel"}}]}
                """.getBytes(StandardCharsets.UTF_8);
        FakeAnswer ignored = pinecone.namespaces().take("POST", URI.create("/vectors/upsert"), planted);
        assertFails(Kind.CORRUPT, this::query).hasMessageContaining("another relationship");
    }

    @Test
    void aRefusalIsToldOnceAndInPlainWords() {
        pinecone.next(FORBIDDEN);
        assertFails(Kind.UNAVAILABLE, () -> upsert("a"))
                .hasMessageContaining("403")
                .hasMessageContaining("a limit of the plan");
        assertThat(pinecone.requests()).hasSize(1);
        pinecone.next(UNPAID);
        assertFails(Kind.UNAVAILABLE, this::query).hasMessageContaining("unpaid bill");
        pinecone.next(TOO_LARGE);
        assertFails(Kind.TOO_LARGE, () -> upsert("a")).hasMessageContaining("too large");
        pinecone.next(WEB_PAGE);
        assertFails(Kind.UNAVAILABLE, this::query).hasMessageContaining("Check that vectors.host");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aWrongKeyIsToldAtTheOpening() {
        assertFails(Kind.UNAVAILABLE, () -> open(pinecone, "pcsk_wrong", 3).close())
                .hasMessageContaining("look at the Pinecone index at 127.0.0.1:")
                .hasMessageContaining("401")
                .hasMessageContaining("HEARTH_PINECONE_API_KEY")
                .hasMessageNotContaining("pcsk_wrong");
    }

    @Test
    void anIndexThatDoesNotFitIsToldAtTheOpening() throws IOException {
        assertFails(
                        Kind.UNAVAILABLE,
                        () -> open(pinecone, FakePinecone.KEY, 384).close())
                .hasMessageContaining("its vectors have 3 numbers")
                .hasMessageContaining("dimension 384 and metric cosine");
        try (FakePinecone euclidean = new FakePinecone(3, "euclidean")) {
            assertFails(
                            Kind.UNAVAILABLE,
                            () -> open(euclidean, FakePinecone.KEY, 3).close())
                    .hasMessageContaining("its metric is euclidean");
        }
    }

    @Test
    void aServiceThatIsNotThereIsToldSoon() throws IOException {
        FakePinecone gone = new FakePinecone(3, "cosine");
        gone.close();
        assertFails(Kind.UNAVAILABLE, () -> open(gone, FakePinecone.KEY, 3).close())
                .hasMessageContaining(": nothing takes a connection there.")
                .hasMessageNotContaining("null")
                .hasMessageContaining("vectors.host");
        assertThat(pauses).hasSize(3);
    }

    @Test
    void closingEndsWhatRuns() throws Exception {
        pinecone.next(STALLED);
        Thread closer = Thread.ofVirtual().unstarted(() -> {
            while (pinecone.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            index.close();
        });
        closer.start();
        assertFails(Kind.CLOSED, this::query);
        closer.join();
    }

    @Test
    void anInterruptEndsWhatRuns() {
        Thread.currentThread().interrupt();
        assertFails(Kind.UNAVAILABLE, this::query).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private void upsert(String id) {
        index.upsert(PARTITION, "rel", List.of(entry(id)), soon());
    }

    private void delete(String id) {
        index.delete(PARTITION, "rel", List.of(id), soon());
    }

    private List<String> query() {
        return index.query(PARTITION, "rel", EAST, 10, soon()).stream()
                .map(Match::id)
                .toList();
    }

    private static Entry entry(String id) {
        return new Entry(id, Arrays.copyOf(EAST, EAST.length));
    }

    private static AbstractThrowableAssert<?, ?> assertFails(Kind kind, ThrowingCallable call) {
        StoreException failure = catchThrowableOfType(StoreException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        return assertThat(failure).hasMessageNotContaining(FakePinecone.KEY).hasMessageNotContaining("nobody may");
    }

    private static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(30));
    }

    private static Deadline shortly() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(1));
    }
}
