package dev.hearth.spi;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries a message to an address that somebody gave, which need not be trustworthy: follows no redirect, reads no
 * more of the answer than its status, and decides which addresses it goes to at all. Safe for many threads.
 */
public interface Courier extends AutoCloseable {

    /**
     * Posts the bytes and waits for the answer.
     *
     * @param address http or https
     * @param headers by name; the body's type among them
     * @throws CourierException where there is no answer by the deadline, or the address is refused
     */
    Reply post(URI address, Map<String, String> headers, byte[] body, Deadline deadline) throws InterruptedException;

    @Override
    void close();

    /**
     * An answer, of whatever status.
     *
     * @param status the HTTP status
     * @param retryAfter how long to wait where the answer says so, never negative; null where it does not
     */
    record Reply(int status, @Nullable Duration retryAfter) {}
}
