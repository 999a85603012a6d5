package dev.hearth.bench.load;

import dev.hearth.bench.measure.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** What the disk under a folder takes to make 4 KB durable. */
final class FlushTime {

    private static final int TIMES = 200;
    private static final int BYTES = 4_096;

    private FlushTime() {}

    /** In milliseconds, one after the other. */
    static Samples in(Path folder) {
        Samples samples = new Samples();
        try (FileChannel file =
                FileChannel.open(folder.resolve("flushed"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < TIMES; i++) {
                long start = System.nanoTime();
                file.write(ByteBuffer.allocate(BYTES));
                file.force(false);
                samples.add(Duration.ofNanos(System.nanoTime() - start));
            }
            return samples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
