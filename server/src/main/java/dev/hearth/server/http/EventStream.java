package dev.hearth.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Server-sent events: each is sent at once, and a comment goes out in silence. A client that has left is noticed by the
 * next write, so by the next beat at the latest.
 *
 * <p>Safe for many threads. {@link #close} ends the beat; the answer itself ends with its request.
 */
public final class EventStream implements AutoCloseable {

    /** Short enough that a model nobody waits for any more is soon let go, long enough not to chatter. */
    public static final Duration BEAT = Duration.ofSeconds(5);

    private static final String MEDIA_TYPE = "text/event-stream; charset=utf-8";

    private final Outflow out;
    private final ReentrantLock lock = new ReentrantLock();
    private final Runnable onGone;
    private final @Nullable Thread beat;
    private boolean gone;

    private EventStream(Outflow out, @Nullable Duration every, Runnable onGone) {
        this.out = out;
        this.onGone = onGone;
        this.beat = every == null ? null : Thread.ofVirtual().name("sse-beat").start(() -> keepAlive(every));
    }

    /**
     * Begins the answer.
     *
     * @param onGone called at most once, by the beat, when it finds that the client has left
     */
    public static EventStream open(Exchange exchange, Duration every, Runnable onGone) throws IOException {
        return new EventStream(exchange.stream(MEDIA_TYPE), every, onGone);
    }

    /** Begins the answer, with no beat but the caller's {@link #keepAlive}. */
    public static EventStream openWithoutBeat(Exchange exchange) throws IOException {
        return new EventStream(exchange.stream(MEDIA_TYPE), null, () -> {});
    }

    /**
     * Sends one event.
     *
     * @throws IOException where the client has left
     */
    public void send(String event, JsonNode data) throws IOException {
        write("event: " + event + "\ndata: " + Json.write(data) + "\n\n");
    }

    /**
     * Sends one event without a name, as OpenAI's streams have them.
     *
     * @throws IOException where the client has left
     */
    public void sendUnnamed(String data) throws IOException {
        write("data: " + data + "\n\n");
    }

    /**
     * Sends one event that a client can resume behind.
     *
     * @param json its data, in one line
     * @throws IOException where the client has left
     */
    public void send(long id, String event, String json) throws IOException {
        write("id: " + id + "\nevent: " + event + "\ndata: " + json + "\n\n");
    }

    /**
     * Tells the client behind which id it stands, without an event: it resumes there even if it is cut off before the
     * first.
     *
     * @throws IOException where the client has left
     */
    public void position(long id) throws IOException {
        write(": keep-alive\nid: " + id + "\n\n");
    }

    /**
     * Sends a comment, so that the client knows the stream is alive.
     *
     * @throws IOException where the client has left
     */
    public void keepAlive() throws IOException {
        write(": keep-alive\n\n");
    }

    private void write(String frame) throws IOException {
        lock.lock();
        try {
            if (gone) {
                throw new IOException("The client has left.");
            }
            out.write(frame);
            out.flush();
        } catch (IOException e) {
            gone = true;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void keepAlive(Duration every) {
        try {
            while (true) {
                Thread.sleep(every);
                keepAlive();
            }
        } catch (InterruptedException e) {
            return;
        } catch (IOException e) {
            onGone.run();
        }
    }

    @Override
    public void close() {
        // The beat must not touch the connection once the request is over: it may serve the next one by then.
        lock.lock();
        try {
            gone = true;
        } finally {
            lock.unlock();
        }
        if (beat != null) {
            beat.interrupt();
        }
    }
}
