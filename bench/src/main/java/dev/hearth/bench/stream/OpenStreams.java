package dev.hearth.bench.stream;

import dev.hearth.bench.child.Wire;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Many streams of one kind, open at once, each read by a virtual thread. */
final class OpenStreams implements AutoCloseable {

    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int OPENED_AT_ONCE = 64;

    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HeldStream> streams = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    /** Sends the request of the stream with this number. */
    @FunctionalInterface
    interface Opening {
        void send(Wire wire, int number) throws IOException;
    }

    /** Opens {@code count} streams, {@value #OPENED_AT_ONCE} at a time; returns when every answer has begun. */
    OpenStreams(URI address, int count, String last, Opening opening) throws InterruptedException {
        Semaphore door = new Semaphore(OPENED_AT_ONCE);
        List<Future<HeldStream>> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            opened.add(readers.submit(() -> {
                door.acquire();
                try {
                    return open(address, last, opening, number);
                } finally {
                    door.release();
                }
            }));
        }
        for (Future<HeldStream> one : opened) {
            try {
                streams.add(one.get());
            } catch (ExecutionException e) {
                refused.add(String.valueOf(e.getCause()));
            }
        }
    }

    private HeldStream open(URI address, String last, Opening opening, int number) throws IOException {
        Wire wire = new Wire(address, SILENCE);
        boolean open = false;
        try {
            opening.send(wire, number);
            int status = wire.status();
            if (status != 200) {
                throw new IOException("answered with " + status + ": " + wire.line());
            }
            HeldStream stream = new HeldStream(wire, last);
            readers.execute(stream::follow);
            open = true;
            return stream;
        } finally {
            if (!open) {
                wire.close();
            }
        }
    }

    List<HeldStream> streams() {
        return streams;
    }

    /** Why some were not opened. */
    List<String> refused() {
        return refused;
    }

    long broken() {
        return streams.stream().filter(stream -> stream.broken() != null).count();
    }

    long beats() {
        return streams.stream().mapToLong(HeldStream::beats).sum();
    }

    long events() {
        return streams.stream().mapToLong(HeldStream::events).sum();
    }

    double longestSilenceSeconds() {
        return streams.stream()
                .mapToDouble(HeldStream::longestSilenceSeconds)
                .max()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        for (HeldStream stream : streams) {
            stream.close();
        }
        readers.close();
    }
}
