package dev.hearth.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an answer as they come, ended by LF, CR LF or CR. A line is bounded, and so is the wait for the next byte.
 * For one reader; {@link #close} may be called by any thread, and closes the connection of an answer not read to its end.
 */
final class Lines implements AutoCloseable {

    private static final int MOST_LINE_BYTES = 16 << 20;

    private final InputStream raw;
    private final byte[] buffer = new byte[16 * 1024];
    private final Duration silence;
    private final Thread watch;
    private volatile long readingSince;
    private volatile boolean reading;
    private volatile boolean expired;
    private volatile boolean closed;
    private int at;
    private int filled;
    private boolean afterReturn;
    private boolean begun;

    Lines(InputStream raw, Duration silence) {
        this.raw = raw;
        this.silence = silence;
        this.watch = Thread.ofVirtual().name("hearth-client-watch").start(this::watch);
    }

    /** The next line without its end; null behind the last. */
    @Nullable
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        while (true) {
            int one = read();
            boolean skipped = afterReturn && one == '\n';
            afterReturn = false;
            if (skipped) {
                continue;
            }
            if (one < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
            }
            if (one == '\n' || one == '\r') {
                afterReturn = one == '\r';
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() == MOST_LINE_BYTES) {
                throw new IOException("A line of the answer is over " + MOST_LINE_BYTES + " bytes.");
            }
            line.write(one);
        }
    }

    /** What is left, up to so many bytes. */
    byte[] rest(int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int one = read(); one >= 0 && bytes.size() < most; one = read()) {
            bytes.write(one);
        }
        return bytes.toByteArray();
    }

    /** Whether anything has come at all. */
    boolean begun() {
        return begun;
    }

    boolean closed() {
        return closed;
    }

    private int read() throws IOException {
        if (at == filled) {
            at = 0;
            filled = Math.max(fill(), 0);
            if (filled == 0) {
                return -1;
            }
            begun = true;
        }
        return buffer[at++] & 0xff;
    }

    private int fill() throws IOException {
        readingSince = System.nanoTime();
        reading = true;
        try {
            int count = raw.read(buffer);
            if (expired) {
                throw new IOException("closed");
            }
            return count;
        } catch (IOException e) {
            if (expired) {
                throw new IOException("The server gave no sign of life for " + silence.toMillis() + " ms.", e);
            }
            throw e;
        } finally {
            reading = false;
        }
    }

    private void watch() {
        try {
            while (!closed) {
                Duration left = reading ? silence.minusNanos(System.nanoTime() - readingSince) : silence;
                if (left.isNegative() || left.isZero()) {
                    expired = true;
                    raw.close();
                    return;
                }
                Thread.sleep(left);
            }
        } catch (InterruptedException | IOException e) {
            // Closed: there is nothing left to watch.
            return;
        }
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        try {
            raw.close();
        } catch (IOException e) {
            // Whoever closes wants no more of it; the connection is gone either way.
            return;
        }
    }
}
