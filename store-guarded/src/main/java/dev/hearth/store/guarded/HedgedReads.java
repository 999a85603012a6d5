package dev.hearth.store.guarded;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hedged requests (J. Dean, L. A. Barroso, "The Tail at Scale", 2013): a read that is not answered within the 95th percentile
 * of recent ones is asked a second time where the {@link HedgeBudget} allows, and the first answer counts. A failure
 * counts only where the other request fails too. Safe for many threads.
 */
public final class HedgedReads {

    private final Supplier<Race> races;
    private final Clock clock;
    private final ReadTimes times = new ReadTimes();
    private final HedgeBudget budget = new HedgeBudget();
    private final LongAdder reads = new LongAdder();
    private final LongAdder hedged = new LongAdder();
    private final LongAdder won = new LongAdder();

    HedgedReads(Supplier<Race> races, Clock clock) {
        this.races = races;
        this.clock = clock;
    }

    byte @Nullable [] read(Deadline deadline, Supplier<byte @Nullable []> request) {
        reads.increment();
        budget.earn();
        long begun = clock.nanoTime();
        long slow = times.slow();
        Race.Answer answer;
        try (Race race = races.get()) {
            answer = first(race, deadline, slow, request);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreException(Kind.UNAVAILABLE, "The wait for the cold store was interrupted.", interrupted);
        }
        long took = clock.nanoTime() - begun;
        return switch (answer) {
            case Race.Answer.Got(byte @Nullable [] bytes, boolean second) -> {
                times.add(took);
                if (second) {
                    won.increment();
                }
                yield bytes;
            }
            case Race.Answer.Failed(RuntimeException failure) -> throw failure;
            case null -> {
                if (took > slow) {
                    times.add(took);
                }
                throw new StoreException(Kind.DEADLINE, "There was no answer of the cold store by the deadline.");
            }
        };
    }

    private Race.@Nullable Answer first(Race race, Deadline deadline, long slow, Supplier<byte @Nullable []> request)
            throws InterruptedException {
        race.begin(request);
        long left = deadline.remainingNanos();
        Race.Answer answer = race.next(Math.min(slow, left));
        if (answer != null || left <= slow) {
            return answer;
        }
        if (!budget.spend()) {
            return race.next(deadline.remainingNanos());
        }
        hedged.increment();
        race.begin(request);
        answer = race.next(deadline.remainingNanos());
        if (answer instanceof Race.Answer.Failed(RuntimeException failure)) {
            Race.Answer other = race.next(deadline.remainingNanos());
            if (other instanceof Race.Answer.Failed(RuntimeException too)) {
                failure.addSuppressed(too);
            } else if (other != null) {
                return other;
            }
        }
        return answer;
    }

    /** How many reads there were. */
    public long reads() {
        return reads.sum();
    }

    /** How many of them were asked twice. */
    public long hedged() {
        return hedged.sum();
    }

    /** How many of these the second request answered first. */
    public long won() {
        return won.sum();
    }
}
