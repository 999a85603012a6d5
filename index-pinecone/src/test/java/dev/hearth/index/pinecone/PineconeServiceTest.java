package dev.hearth.index.pinecone;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.VectorIndex;
import dev.hearth.testkit.VectorIndexContract;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract, on the service itself: a dense index with dimension 8 and metric cosine, whose host and key are given by
 * {@code HEARTH_PINECONE_HOST} and {@code HEARTH_PINECONE_API_KEY}. It leaves nothing there.
 */
@EnabledIfEnvironmentVariable(
        named = PineconeServiceTest.HOST,
        matches = ".+",
        disabledReason = PineconeServiceTest.NONE)
@EnabledIfEnvironmentVariable(
        named = PineconeServiceTest.KEY,
        matches = ".+",
        disabledReason = PineconeServiceTest.NONE)
final class PineconeServiceTest extends VectorIndexContract {

    static final String HOST = "HEARTH_PINECONE_HOST";
    static final String KEY = "HEARTH_PINECONE_API_KEY";
    static final String NONE = "no index of Pinecone is named to try this on";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final String suffix = Long.toString(Clock.system().now().toEpochMilli(), Character.MAX_RADIX);

    @Override
    protected VectorIndex open() {
        return PineconeVectorIndex.open(
                PineconeSettings.of(
                        Objects.requireNonNull(System.getenv(HOST)), Objects.requireNonNull(System.getenv(KEY))),
                8,
                Deadline.after(clock(), PATIENCE));
    }

    @AfterEach
    void leavesNothing() {
        try (VectorIndex cleaner = open()) {
            cleaner.drop(new Partition("anna" + suffix), Deadline.after(clock(), PATIENCE));
            cleaner.drop(new Partition("ben" + suffix), Deadline.after(clock(), PATIENCE));
        }
    }

    @Override
    protected Clock clock() {
        return Clock.system();
    }

    @Override
    protected String suffix() {
        return suffix;
    }

    /** The service says nothing when a write is seen, so it is asked until it is. */
    @Override
    protected void eventually(Runnable assertion) {
        Deadline patience = Deadline.after(clock(), PATIENCE);
        for (; ; ) {
            try {
                assertion.run();
                return;
            } catch (AssertionError notYet) {
                if (patience.expired()) {
                    throw notYet;
                }
            }
            try {
                Thread.sleep(EVERY);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", interrupted);
            }
        }
    }
}
