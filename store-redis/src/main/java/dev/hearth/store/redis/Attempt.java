package dev.hearth.store.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One making of a connection, and what became of it. A connection that takes commands and answers none is noticed
 * here: the system would tell only after a quarter of an hour that the machine at its other end is gone.
 */
final class Attempt {

    private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long STALL_NANOS = Duration.ofSeconds(10).toNanos();

    private final CompletableFuture<Connector.Link> link;
    private final long begun;
    private boolean missing;
    private long missingSince;

    Attempt(CompletableFuture<Connector.Link> link, long now) {
        this.link = link;
        this.begun = now;
    }

    CompletableFuture<Connector.Link> link() {
        return link;
    }

    /** Whether it failed, and long enough ago for another. */
    boolean isOver(long now) {
        return link.isCompletedExceptionally() && now - begun >= AGAIN_NANOS;
    }

    /** Redis answered, if only that it refuses. */
    synchronized void ended(@Nullable Throwable failure) {
        if (failure == null || failure instanceof RedisCommandExecutionException) {
            missing = false;
        }
    }

    /** A command was not answered by its deadline; true where none has been for so long that it is time to give up. */
    synchronized boolean missed(long now) {
        if (!missing) {
            missing = true;
            missingSince = now;
        }
        return now - missingSince >= STALL_NANOS;
    }
}
