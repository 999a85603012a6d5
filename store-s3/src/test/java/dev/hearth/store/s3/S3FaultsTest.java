package dev.hearth.store.s3;

import static dev.hearth.store.s3.FaultyFront.Fault.ANSWER_LOST;
import static dev.hearth.store.s3.FaultyFront.Fault.CONDITION_IGNORED;
import static dev.hearth.store.s3.FaultyFront.Fault.CONFLICT;
import static dev.hearth.store.s3.FaultyFront.Fault.CUT_SHORT;
import static dev.hearth.store.s3.FaultyFront.Fault.DENIED;
import static dev.hearth.store.s3.FaultyFront.Fault.FLIPPED;
import static dev.hearth.store.s3.FaultyFront.Fault.NONE;
import static dev.hearth.store.s3.FaultyFront.Fault.SLOW_DOWN;
import static dev.hearth.store.s3.FaultyFront.Fault.STALLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong between the store and S3. The timeouts here end a hanging test and measure nothing. */
@Timeout(60)
final class S3FaultsTest {

    private static final Partition PARTITION = new Partition("p");
    private static final byte[] BYTES = new byte[10_000];

    static {
        new Random(7).nextBytes(BYTES);
    }

    private S3Server server;
    private FaultyFront front;
    private String bucket;
    private S3ColdStore store;

    @BeforeEach
    void open() throws Exception {
        server = S3Server.unsigned();
        front = new FaultyFront(server.address());
        bucket = server.bucket();
        store = S3ColdStore.open(S3Server.settings(front.address(), bucket), soon());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        front.close();
        server.close();
    }

    @Test
    void aMissingRightIsToldInPlainWordsAndNotTriedAgain() {
        front.next(DENIED);
        assertFails(Kind.UNAVAILABLE, () -> put("a"))
                .hasMessageContaining("put an object into the bucket " + bucket)
                .hasMessageContaining("AccessDenied 403")
                .hasMessageContaining("s3:PutObject")
                .hasMessageNotContaining(S3Server.CREDENTIALS.secretAccessKey())
                .hasMessageNotContaining(S3Server.CREDENTIALS.accessKeyId());
        assertThat(front.methods()).containsExactly("PUT");
        front.next(DENIED);
        assertFails(Kind.UNAVAILABLE, () -> store.list(PARTITION, "", soon())).hasMessageContaining("s3:ListBucket");
    }

    @Test
    void aSlowDownPasses() {
        front.next(SLOW_DOWN, NONE);
        assertThat(put("a")).isTrue();
        assertThat(front.methods()).containsExactly("PUT", "PUT");
        front.next(SLOW_DOWN, NONE);
        assertThat(store.get(PARTITION, "a", soon())).isEqualTo(BYTES);
        front.next(SLOW_DOWN, NONE);
        assertThat(store.drop(PARTITION, soon())).isEqualTo(new Removal(1, BYTES.length));
    }

    @Test
    void threeRetriesAreTheMost() {
        put("a");
        front.next(SLOW_DOWN, SLOW_DOWN, SLOW_DOWN, SLOW_DOWN);
        assertFails(Kind.UNAVAILABLE, () -> store.get(PARTITION, "a", soon())).hasMessageContaining("overloaded");
        assertThat(front.methods()).hasSize(4);
    }

    @Test
    void aBodyCutShortIsReadAgain() {
        put("a");
        front.next(CUT_SHORT, CUT_SHORT);
        assertThat(store.get(PARTITION, "a", soon())).isEqualTo(BYTES);
        assertThat(front.methods()).containsExactly("GET", "GET", "GET");
        front.next(CUT_SHORT, CUT_SHORT, CUT_SHORT, CUT_SHORT);
        assertFails(Kind.UNAVAILABLE, () -> store.get(PARTITION, "a", soon())).hasMessageContaining("within an object");
        assertThat(front.methods()).hasSize(4);
    }

    @Test
    void aWrongBitIsCorrupt() {
        put("a");
        front.next(FLIPPED);
        assertFails(Kind.CORRUPT, () -> store.get(PARTITION, "a", soon())).hasMessageContaining("checksum");
        assertThat(store.get(PARTITION, "a", soon())).isEqualTo(BYTES);
    }

    @Test
    void aStallEndsAtTheDeadline() {
        put("a");
        front.next(STALLED);
        assertFails(Kind.DEADLINE, () -> store.get(PARTITION, "a", shortly()));
        front.next(STALLED);
        assertFails(Kind.DEADLINE, () -> store.putIfAbsent(PARTITION, "b", BYTES, shortly()))
                .hasMessageContaining("may have happened");
        front.next(STALLED);
        assertFails(Kind.DEADLINE, () -> store.drop(PARTITION, shortly()));
        assertThat(store.get(PARTITION, "a", soon())).isEqualTo(BYTES);
    }

    @Test
    void retriesEndAtTheDeadlineToo() {
        Deadline none = Deadline.after(Clock.system(), Duration.ZERO);
        front.next();
        assertFails(Kind.DEADLINE, () -> store.putIfAbsent(PARTITION, "a", BYTES, none));
        assertThat(front.methods()).isEmpty();
        front.next(SLOW_DOWN, STALLED);
        assertFails(Kind.DEADLINE, () -> store.putIfAbsent(PARTITION, "a", BYTES, shortly()));
        assertThat(store.get(PARTITION, "a", soon())).isNull();
    }

    @Test
    void aPutThatHappenedAndWhoseAnswerWasLostIsTheCallers() {
        front.next(ANSWER_LOST);
        assertThat(put("a")).isTrue();
        assertThat(front.methods()).containsExactly("PUT", "PUT", "HEAD");
        assertThat(put("a")).isFalse();
        assertThat(store.get(PARTITION, "a", soon())).isEqualTo(BYTES);
    }

    @Test
    void aPutWhoseEveryAnswerWasLostIsDecidedByReading() {
        front.next(ANSWER_LOST, ANSWER_LOST, ANSWER_LOST, ANSWER_LOST);
        assertThat(put("a")).isTrue();
        assertThat(front.methods()).containsExactly("PUT", "PUT", "PUT", "PUT", "HEAD");
    }

    @Test
    void ofTheSameBytesPutTwiceOnlyTheFirstIsStoredWhateverIsLost() {
        put("a");
        front.next(ANSWER_LOST);
        assertThat(put("a")).isFalse();
    }

    @Test
    void aPutThatMeetsAnotherIsRepeated() {
        front.next(CONFLICT);
        assertThat(put("a")).isTrue();
        front.next(CONFLICT);
        assertThat(put("a")).isFalse();
        front.next(CONFLICT, CONFLICT, CONFLICT, CONFLICT);
        assertThat(put("a")).isFalse();
        front.next(CONFLICT, CONFLICT, CONFLICT, CONFLICT);
        assertFails(Kind.UNAVAILABLE, () -> put("b")).hasMessageContaining("ConditionalRequestConflict");
    }

    @Test
    void closingEndsWhatRuns() throws InterruptedException {
        front.next(STALLED);
        Thread closing = Thread.ofVirtual().unstarted(() -> {
            while (front.methods().isEmpty()) {
                Thread.onSpinWait();
            }
            store.close();
        });
        closing.start();
        assertFails(Kind.CLOSED, () -> store.get(PARTITION, "a", soon()));
        closing.join();
    }

    @Test
    void openingSaysWhatIsWrong() throws Exception {
        assertUnusable(front.address(), "no-such-bucket")
                .hasMessageContaining("There is no such bucket")
                .hasMessageContaining("no-such-bucket");
        front.next(NONE, DENIED);
        assertUnusable(front.address(), bucket).hasMessageContaining("s3:PutObject");
        front.next(NONE, NONE, CONDITION_IGNORED);
        assertUnusable(front.address(), bucket).hasMessageContaining("does not honour If-None-Match");
        try (S3Server signed = S3Server.signed()) {
            S3Settings.Credentials wrong = new S3Settings.Credentials("tester", "not-the-secret");
            S3Settings settings = new S3Settings(signed.address(), "us-east-1", signed.bucket(), "", true, wrong);
            assertFails(Kind.UNAVAILABLE, () -> S3ColdStore.open(settings, soon()))
                    .hasMessageContaining("credentials are wrong")
                    .hasMessageNotContaining("not-the-secret");
        }
        URI gone = front.address();
        front.close();
        assertUnusable(gone, bucket)
                .hasMessageContaining("at " + gone + ": nothing takes a connection there.")
                .hasMessageContaining("Check that it runs, the endpoint")
                .hasMessageNotContaining("Exception")
                .hasMessageNotContaining("null");
    }

    private AbstractThrowableAssert<?, StoreException> assertUnusable(URI address, String name) {
        return assertFails(Kind.UNAVAILABLE, () -> S3ColdStore.open(S3Server.settings(address, name), soon()));
    }

    private static AbstractThrowableAssert<?, StoreException> assertFails(Kind kind, ThrowingCallable call) {
        StoreException thrown = catchThrowableOfType(StoreException.class, call);
        AbstractThrowableAssert<?, StoreException> failure = assertThat(thrown).isNotNull();
        assertThat(thrown.kind()).as(thrown.getMessage()).isEqualTo(kind);
        return failure;
    }

    private boolean put(String name) {
        return store.putIfAbsent(PARTITION, name, BYTES, soon());
    }

    private static Deadline soon() {
        return Deadline.after(Clock.system(), Duration.ofSeconds(30));
    }

    private static Deadline shortly() {
        return Deadline.after(Clock.system(), Duration.ofMillis(500));
    }
}
