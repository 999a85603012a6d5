package dev.hearth.store.dynamodb;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes a request until it is answered or its deadline comes; the SDK itself repeats nothing. Between attempts it waits
 * a random time up to a bound that doubles (full jitter: M. Brooker, "Exponential Backoff And Jitter", 2015).
 */
final class Attempts {

    /** How a thread waits. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private static final long FIRST_MILLIS = 25;
    private static final long MOST_MILLIS = 1_000;
    private static final int MOST_DOUBLINGS = 10;

    /** So that a server which is not there is said soon rather than at the deadline. */
    private static final int MOST_UNREACHED = 4;

    private final String place;
    private final RandomGenerator random;
    private final Pause pause;
    private volatile boolean closed;

    Attempts(String place, RandomGenerator random, Pause pause) {
        this.place = place;
        this.random = random;
        this.pause = pause;
    }

    /** A request that changes nothing. */
    <T> T reading(Deadline deadline, Function<AwsRequestOverrideConfiguration, T> request) {
        return make(deadline, false, true, request);
    }

    /** A request that may be taken twice and has an effect once. */
    <T> T repeatable(Deadline deadline, Function<AwsRequestOverrideConfiguration, T> request) {
        return make(deadline, true, true, request);
    }

    /** A request that must not be made again once it may have happened. */
    <T> T once(Deadline deadline, Function<AwsRequestOverrideConfiguration, T> request) {
        return make(deadline, true, false, request);
    }

    private <T> T make(
            Deadline deadline,
            boolean writing,
            boolean repeatable,
            Function<AwsRequestOverrideConfiguration, T> request) {
        SdkException last = null;
        boolean unsure = false;
        for (int attempt = 0; ; attempt++) {
            if (closed) {
                throw Failures.closed(place, last);
            }
            Duration left = deadline.remaining();
            if (left.isZero()) {
                throw told(Failures.late(place, last), unsure);
            }
            try {
                return request.apply(AwsRequestOverrideConfiguration.builder()
                        .apiCallTimeout(left)
                        .build());
            } catch (SdkException failed) {
                Failures.Trouble trouble = Failures.trouble(failed);
                boolean again = switch (trouble) {
                    case BUSY -> true;
                    case UNSURE -> repeatable;
                    case UNREACHED -> attempt + 1 < MOST_UNREACHED;
                    case ENDED, FINAL -> false;
                };
                unsure |= writing && (trouble == Failures.Trouble.UNSURE || trouble == Failures.Trouble.ENDED);
                if (!again) {
                    throw told(Failures.of(failed, place, writing), unsure);
                }
                last = failed;
            } catch (RejectedExecutionException ended) {
                // The SDK's own timers refuse when it was closed in the meantime.
                throw Failures.closed(place, ended);
            }
            waitBefore(attempt, deadline, unsure, last);
        }
    }

    /** Ends every use; a call that runs ends at its next attempt. */
    void close() {
        closed = true;
    }

    /**
     * Waits before the attempt that follows the {@code attempt}th, counted from 0.
     *
     * @param unsure whether what is attempted may have happened already, which is said where the wait cannot end
     */
    void waitBefore(int attempt, Deadline deadline, boolean unsure, @Nullable SdkException last) {
        long bound = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(attempt, MOST_DOUBLINGS));
        Duration time = Duration.ofMillis(random.nextLong(bound + 1));
        if (time.compareTo(deadline.remaining()) >= 0) {
            throw told(Failures.late(place, last), unsure);
        }
        try {
            pause.of(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw told(Failures.interrupted(place, interrupted), unsure);
        }
    }

    private static StoreException told(StoreException failure, boolean unsure) {
        return unsure ? Failures.maybeWritten(failure) : failure;
    }
}
