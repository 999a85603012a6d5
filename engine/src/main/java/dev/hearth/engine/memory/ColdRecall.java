package dev.hearth.engine.memory;

import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.recall.Ranked;
import dev.hearth.engine.recall.RecallQuery;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.Thaw;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings in what is cold and worth a look for a query, as far as a deadline allows. What is late comes in all the same, and
 * what it has for the query waits for the next turn. Safe for many threads.
 */
final class ColdRecall {

    private static final Logger log = LoggerFactory.getLogger(ColdRecall.class);

    /** So many segments are fetched for one query: {@code hearth eval tiers} tells what more and fewer would find. */
    private static final int MOST = 6;

    private static final Duration LATE_CAP = Duration.ofSeconds(2);

    private final Thaw thaw;
    private final Clock clock;

    ColdRecall(Thaw thaw, Clock clock) {
        this.thaw = thaw;
        this.clock = clock;
    }

    /** What is on its way for a query, by the first seqs of its segments. */
    record Fetches(List<Long> segments, List<Fork<Boolean>> forks) {}

    /**
     * What came of it.
     *
     * @param came whether anything came in
     * @param lacking whether something is missing: late, or not to be had
     */
    record Came(boolean came, boolean lacking) {}

    /**
     * Has fetched what the query is worth fetching; waits neither for it nor for an index outside the node, which may have
     * to be asked first. Null where nothing is cold.
     */
    @Nullable
    Fork<Fetches> start(Resident resident, RecallQuery query, Deadline deadline) {
        if (!thaw.hasCold(resident)) {
            return null;
        }
        return Scope.outliving("worth fetching", clock, () -> {
            List<Long> worth = thaw.worthFetching(resident, query, MOST, deadline);
            return new Fetches(
                    worth,
                    worth.stream()
                            .map(first -> thaw.fetching(resident, first, clock, LATE_CAP))
                            .toList());
        });
    }

    /**
     * Waits for it.
     *
     * @param carry whether what is late is kept for the next turn
     */
    Came await(Resident resident, RecallQuery query, Fork<Fetches> asked, boolean carry, Deadline deadline) {
        return switch (asked.await(deadline)) {
            case Fork.Result.Done<Fetches>(Fetches fetches, long nanos) ->
                await(resident, query, fetches, carry, deadline);
            case Fork.Result.Failed<Fetches>(Throwable cause, long nanos) -> {
                told(resident, cause);
                yield new Came(false, true);
            }
            case Fork.Result.Late<Fetches> late -> {
                if (carry) {
                    carry(resident, query, asked);
                }
                yield new Came(false, true);
            }
        };
    }

    private Came await(Resident resident, RecallQuery query, Fetches fetches, boolean carry, Deadline deadline) {
        boolean came = false;
        boolean lacking = false;
        for (int i = 0; i < fetches.forks().size(); i++) {
            Fork<Boolean> fetch = fetches.forks().get(i);
            switch (fetch.await(deadline)) {
                case Fork.Result.Done<Boolean> done -> {
                    came |= done.value();
                    lacking |= !done.value();
                }
                case Fork.Result.Failed<Boolean> failed -> {
                    told(resident, failed.cause());
                    lacking = true;
                }
                case Fork.Result.Late<Boolean> late -> {
                    lacking = true;
                    if (carry) {
                        carry(resident, query, fetches.segments().get(i), fetch);
                    }
                }
            }
        }
        return new Came(came, lacking);
    }

    /** A store that is down is told of once, by what watches it, and by each turn's ledger. */
    private static void told(Resident resident, Throwable cause) {
        String partition = resident.key().partition().toString();
        if (cause instanceof Problem problem && problem.getCause() instanceof StoreException down) {
            log.debug("A cold segment of partition {} was not read: {}", partition, down.getMessage());
        } else {
            log.warn("A cold segment of partition {} could not be read: {}", partition, cause.toString());
        }
    }

    /** The same where it is not even known yet what is worth fetching. */
    private void carry(Resident resident, RecallQuery query, Fork<Fetches> asked) {
        Fork<Boolean> ignored = Scope.outliving("carry", clock, () -> {
            if (asked.await(Deadline.after(clock, LATE_CAP)) instanceof Fork.Result.Done<Fetches> known) {
                Fetches fetches = known.value();
                for (int i = 0; i < fetches.forks().size(); i++) {
                    carry(
                            resident,
                            query,
                            fetches.segments().get(i),
                            fetches.forks().get(i));
                }
            }
            return true;
        });
    }

    /** Keeps for the next turn what a late segment has for this query. */
    private void carry(Resident resident, RecallQuery query, long first, Fork<Boolean> fetch) {
        Fork<Boolean> ignored = Scope.outliving("carry", clock, () -> {
            boolean came = fetch.await(Deadline.after(clock, LATE_CAP)) instanceof Fork.Result.Done<Boolean> done
                    && done.value();
            if (came) {
                List<Long> found = resident.index().search(query).hits().stream()
                        .map(Ranked::seq)
                        .toList();
                thaw.carry(resident, first, found);
            }
            return came;
        });
    }
}
