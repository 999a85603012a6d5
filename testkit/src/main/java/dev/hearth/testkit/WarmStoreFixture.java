package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** How the parts of {@link WarmStoreContract} speak to the store under test. */
abstract class WarmStoreFixture {

    protected static final Partition ANNA = new Partition("anna0");
    protected static final Partition BEN = new Partition("ben1");

    /** The only clock the store under test may read. */
    protected final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

    protected WarmStore store;

    /** A store on this test's storage, which is empty at first; called again after a close, it sees what was written. */
    protected abstract WarmStore open();

    /** Closes {@code open} and opens another on the same storage. */
    protected WarmStore reopen(WarmStore open) {
        open.close();
        return open();
    }

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    protected final Deadline soon() {
        return Deadline.after(clock, Duration.ofSeconds(30));
    }

    protected static Write.Operation put(String key, long revision, String value) {
        return new Write.Operation.Put(key, revision, bytes(value), null);
    }

    protected static Write.Operation put(String key, long revision, String value, Instant expiresAt) {
        return new Write.Operation.Put(key, revision, bytes(value), expiresAt);
    }

    protected static Write.Operation delete(String key) {
        return new Write.Operation.Delete(key);
    }

    protected static Write.Condition absent(String key) {
        return new Write.Condition.Absent(key);
    }

    protected static Write.Condition revisionIs(String key, long revision) {
        return new Write.Condition.RevisionIs(key, revision);
    }

    protected final WriteOutcome write(
            Partition partition, List<Write.Condition> conditions, Write.Operation... operations) {
        return store.write(partition, new Write(conditions, List.of(operations)), soon());
    }

    protected final void written(Partition partition, Write.Operation... operations) {
        assertThat(write(partition, List.of(), operations)).isEqualTo(new WriteOutcome.Written());
    }

    protected final @Nullable String value(Partition partition, String key) {
        Item item = store.get(partition, key, soon());
        return item == null ? null : text(item.value());
    }

    protected final List<String> keys(Partition partition, Range range) {
        return store.range(partition, range, soon()).stream().map(Item::key).toList();
    }

    protected static Range all() {
        return new Range(" ", "\u007f", 10_000, false);
    }

    protected static void assertRefused(StoreException.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    protected static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
