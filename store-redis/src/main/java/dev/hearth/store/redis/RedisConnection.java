package dev.hearth.store.redis;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to Redis that a node's hot store and leases share; whoever opens it closes it, after them.
 *
 * <p>Callers wait for their own answers, each by its deadline. While there is no connection calls fail at once with
 * {@code UNAVAILABLE}, and it is made again by itself, within about a second of Redis's return. At most 4,096
 * commands and 64 MB are on the way; more fail at once too. A connection without any answer for ten seconds of missed
 * deadlines is given up and made anew.
 */
public final class RedisConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);

    private final RedisKeys keys;
    private final Clock clock;
    private final Failures failures;
    private final Connector connector;
    private final OnTheWay onTheWay = new OnTheWay();
    private volatile Attempt attempt;
    private volatile boolean closed;

    private RedisConnection(RedisSettings settings, Clock clock) {
        this.keys = new RedisKeys(settings.prefix());
        this.clock = clock;
        this.failures = new Failures(settings);
        this.connector = new Connector(settings);
        this.attempt = begin();
    }

    /**
     * Connects to Redis, waiting at most five seconds. A Redis that is not there is a warning and no failure, because a
     * node can work without it: the connection is made when it comes. One that refuses user or password is a failure.
     *
     * @throws dev.hearth.spi.StoreException where Redis refuses
     */
    public static RedisConnection open(RedisSettings settings, Clock clock) {
        RedisConnection connection = new RedisConnection(settings, clock);
        try {
            connection.awaitFirst();
            return connection;
        } catch (RuntimeException refused) {
            connection.close();
            throw refused;
        }
    }

    RedisKeys keys() {
        return keys;
    }

    /**
     * The answer to {@code command}, which sends about {@code bytes}. What is late is left on its way and not
     * cancelled: only so is it counted for as long as it takes memory.
     */
    <T extends @Nullable Object> T ask(
            String who,
            long bytes,
            Deadline deadline,
            Function<RedisClusterAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
        Failures.admit(closed, who, deadline);
        Attempt current = attempt;
        Connector.Link link = link(current);
        if (!onTheWay.admit(bytes)) {
            throw failures.overloaded();
        }
        RedisFuture<T> answer;
        try {
            answer = command.apply(link.commands());
        } catch (RuntimeException refused) {
            onTheWay.ended(bytes);
            Failures.admit(closed, who);
            throw failures.of(refused);
        }
        var ignored = answer.whenComplete((value, failure) -> {
            onTheWay.ended(bytes);
            current.ended(failure);
        });
        return await(who, answer, current, link, deadline);
    }

    private <T extends @Nullable Object> T await(
            String who, RedisFuture<T> answer, Attempt current, Connector.Link link, Deadline deadline) {
        try {
            return answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            if (current.missed(clock.nanoTime()) && replace(current)) {
                LOG.warn("Redis has answered nothing for a while: connecting anew.");
                var ignored = link.connection().closeAsync();
            }
            throw failures.late();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(interrupted);
        } catch (ExecutionException failed) {
            // On a connection that is being closed, what was on the way fails in several words.
            Failures.admit(closed, who);
            throw failures.of(failed.getCause());
        } catch (CancellationException dropped) {
            Failures.admit(closed, who);
            throw failures.lost(dropped);
        }
    }

    /** The connection, which is there or is not: nobody waits for it, and the first who may begins another. */
    private Connector.Link link(Attempt current) {
        return switch (current.link().state()) {
            case SUCCESS -> current.link().resultNow();
            case RUNNING -> throw failures.away(null);
            case CANCELLED, FAILED -> {
                if (current.isOver(clock.nanoTime())) {
                    boolean ignored = replace(current);
                }
                throw failures.away(
                        current.link().state() == State.FAILED ? current.link().exceptionNow() : null);
            }
        };
    }

    /** Begins another attempt, unless somebody else has. */
    private synchronized boolean replace(Attempt current) {
        boolean mine = attempt == current && !closed;
        if (mine) {
            attempt = begin();
        }
        return mine;
    }

    private Attempt begin() {
        CompletableFuture<Connector.Link> link;
        try {
            link = connector.connect();
        } catch (RedisException impossible) {
            link = CompletableFuture.failedFuture(impossible);
        }
        return new Attempt(link, clock.nanoTime());
    }

    private void awaitFirst() {
        try {
            attempt.link().get(Connector.CONNECT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            LOG.warn(
                    "{} The hot tier does without it until it comes.",
                    failures.away(null).getMessage());
        } catch (ExecutionException failed) {
            if (Failures.isRefusal(failed)) {
                throw failures.away(failed);
            }
            LOG.warn(
                    "{} The hot tier does without it until it comes.",
                    failures.away(failed).getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(interrupted);
        }
    }

    /** Ends the connection; what is on the way fails. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        connector.close();
    }
}
