package dev.hearth.engine.partition;

import dev.hearth.spi.Leases;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background work that one of several servers on the same stores does, so that it is not paid twice. It decides nothing
 * that is true: that is a conditional write. Where the leases fail everybody works, and where the warm store is this
 * process's alone nobody is asked. Safe for many threads.
 */
public final class SoleWork {

    private static final Logger log = LoggerFactory.getLogger(SoleWork.class);

    private final Leases leases;
    private final boolean shared;
    private final RandomGenerator random;
    private final Budgets budgets;

    public SoleWork(Leases leases, boolean shared, RandomGenerator random, Budgets budgets) {
        this.leases = leases;
        this.shared = shared;
        this.random = random;
        this.budgets = budgets;
    }

    /**
     * Takes up a piece of work.
     *
     * @param lifetime after which another may take it up, where this process dies or does not go {@link Held#on on}
     * @return null where somebody else is at it
     */
    public @Nullable Held takeUp(Partition partition, String work, Duration lifetime) {
        String owner =
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
        Held held = new Held(partition, work, owner, lifetime);
        return held.on() ? held : null;
    }

    /** A piece of work that was taken up; given back when closed. */
    public final class Held implements AutoCloseable {
        private final Partition partition;
        private final String work;
        private final String owner;
        private final Duration lifetime;

        private Held(Partition partition, String work, String owner, Duration lifetime) {
            this.partition = partition;
            this.work = work;
            this.owner = owner;
            this.lifetime = lifetime;
        }

        /** Goes on for another lifetime from now; false where somebody else has taken the work up meanwhile. */
        public boolean on() {
            if (!shared) {
                return true;
            }
            try {
                // Not a renewal: a lease that its server has forgotten is taken anew.
                return leases.take(partition, work, owner, lifetime, budgets.store());
            } catch (StoreException lost) {
                log.debug("Nobody knows who else does this work; it is done: {}", lost.getMessage());
                return true;
            }
        }

        @Override
        public void close() {
            if (!shared) {
                return;
            }
            try {
                leases.release(partition, work, owner, budgets.store());
            } catch (StoreException lost) {
                log.debug("A lease was not given back and ends by itself: {}", lost.getMessage());
            }
        }
    }
}
