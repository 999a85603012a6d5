package dev.hearth.engine.webhook;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a delivery that failed is tried again: the schedule that the Standard Webhooks specification recommends. */
final class Backoff {

    private static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** How often a delivery is tried before it is given up. */
    static final int ATTEMPTS = DELAYS.size() + 1;

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(24);

    private Backoff() {}

    /**
     * How long to wait, up to a tenth more than the schedule says, so that what failed together does not come together.
     *
     * @param attempts how many there were, 1 to {@link #ATTEMPTS} - 1
     * @param asked what the receiver asked for, honoured between a second and a day; null for nothing
     */
    static Duration after(int attempts, @Nullable Duration asked, RandomGenerator random) {
        Duration delay = DELAYS.get(attempts - 1);
        if (asked != null) {
            delay = asked.compareTo(LEAST) < 0 ? LEAST : asked.compareTo(MOST) > 0 ? MOST : asked;
        }
        return delay.plusMillis(random.nextLong(delay.toMillis() / 10 + 1));
    }
}
