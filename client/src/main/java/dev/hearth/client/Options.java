package dev.hearth.client;

import java.time.Duration;

/**
 * How long a client waits, and how often it tries.
 *
 * @param connect for a connection
 * @param request for the whole of an ordinary answer
 * @param work for the whole of an answer that takes work (a turn, an import, an erasure), and for a stream's beginning
 * @param silence for the next sign of life of a stream; the server sends one every fifteen seconds at least
 * @param attempts how often a request that may be repeated is sent, 1 for never again
 * @param firstDelay before the second attempt; it doubles from then on, with jitter
 * @param longestDelay between attempts; a server that asks to wait for longer ends the attempts
 */
public record Options(
        Duration connect,
        Duration request,
        Duration work,
        Duration silence,
        int attempts,
        Duration firstDelay,
        Duration longestDelay) {

    public static final Options DEFAULTS = new Options(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(3),
            Duration.ofSeconds(45),
            4,
            Duration.ofMillis(200),
            Duration.ofSeconds(10));

    public Options {
        for (Duration wait : new Duration[] {connect, request, work, silence, firstDelay, longestDelay}) {
            if (wait.isNegative() || wait.isZero()) {
                throw new IllegalArgumentException("Every wait must be longer than nothing; " + wait + " is not.");
            }
        }
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("The attempts must be 1 to 100; " + attempts + " is not.");
        }
    }

    public Options request(Duration wait) {
        return new Options(connect, wait, work, silence, attempts, firstDelay, longestDelay);
    }

    public Options work(Duration wait) {
        return new Options(connect, request, wait, silence, attempts, firstDelay, longestDelay);
    }

    public Options silence(Duration wait) {
        return new Options(connect, request, work, wait, attempts, firstDelay, longestDelay);
    }

    public Options attempts(int count) {
        return new Options(connect, request, work, silence, count, firstDelay, longestDelay);
    }
}
