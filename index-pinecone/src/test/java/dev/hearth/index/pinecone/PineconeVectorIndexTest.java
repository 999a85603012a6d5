package dev.hearth.index.pinecone;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.VectorIndex;
import dev.hearth.testkit.VectorIndexContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** The contract, on a fake that follows the published API. */
final class PineconeVectorIndexTest extends VectorIndexContract {

    @SuppressWarnings("NullAway.Init")
    private FakePinecone pinecone;

    @Override
    protected VectorIndex open() {
        try {
            pinecone = new FakePinecone(8, "cosine");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PineconeVectorIndex.open(pinecone.settings(), 8, Deadline.after(clock(), Duration.ofSeconds(30)));
    }

    @AfterEach
    void closeFake() {
        pinecone.close();
    }

    @Override
    protected Clock clock() {
        return Clock.system();
    }
}
