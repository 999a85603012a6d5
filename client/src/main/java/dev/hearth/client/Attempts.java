package dev.hearth.client;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends again what may be sent again. Without a connection nothing has been sent, so everything may; after that only
 * requests that do the same however often they arrive. A deadline that passed is not tried again: it was the caller's.
 */
final class Attempts {

    private final Options options;
    private final Pause pause;
    private final RandomGenerator random;

    Attempts(Options options, Pause pause, RandomGenerator random) {
        this.options = options;
        this.pause = pause;
        this.random = random;
    }

    <T> T run(boolean repeatable, Supplier<T> once) {
        for (int failed = 1; ; failed++) {
            try {
                return once.get();
            } catch (HearthException e) {
                if (!repeatable || !e.passing() || failed >= options.attempts() || tooLong(e.retryAfter())) {
                    throw e;
                }
                pause.between(delay(failed, e.retryAfter()));
            } catch (HearthUnreachable e) {
                boolean again = switch (e.reason()) {
                    case NOT_CONNECTED -> true;
                    case BROKEN -> repeatable;
                    case TIMED_OUT, INTERRUPTED -> false;
                };
                if (!again || failed >= options.attempts()) {
                    throw e;
                }
                pause.between(delay(failed, null));
            }
        }
    }

    boolean tooLong(@Nullable Duration asked) {
        return asked != null && asked.compareTo(options.longestDelay()) > 0;
    }

    /** Before the next attempt: doubling, half of it left to chance, and not before the server asked for it. */
    Duration delay(int failed, @Nullable Duration asked) {
        long doubled = options.firstDelay().toMillis() << Math.min(failed - 1, 20);
        long most = Math.min(doubled, options.longestDelay().toMillis());
        Duration own = Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
        return asked != null && asked.compareTo(own) > 0 ? asked : own;
    }

    Pause pause() {
        return pause;
    }
}
