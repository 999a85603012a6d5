package dev.hearth.spi;

import java.time.Duration;

/**
 * Who of several nodes does a piece of work, for a while. A lease saves doing it twice and proves nothing: it may be
 * lost or given to two at any time (its server restarted, its lifetime over while its owner still works), and what is
 * true is decided elsewhere, by a conditional write. Safe for many threads.
 *
 * <p>An owner is a name that nobody else uses, as one made at random for a node or for one piece of work. A lifetime
 * is at least a millisecond.
 */
public interface Leases extends AutoCloseable {

    /**
     * Takes the lease of {@code key} for {@code lifetime} from now; false where another owner holds it. Taking what
     * one holds already is a renewal, so a call whose answer was lost may be repeated.
     */
    boolean take(Partition partition, String key, String owner, Duration lifetime, Deadline deadline);

    /** Holds the lease for {@code lifetime} from now; false, and nothing changed, where {@code owner} lost it. */
    boolean renew(Partition partition, String key, String owner, Duration lifetime, Deadline deadline);

    /** Gives the lease back; giving back what one does not hold is allowed and changes nothing. */
    void release(Partition partition, String key, String owner, Deadline deadline);

    /** Ends the use of this object; leases held run out by themselves. */
    @Override
    void close();
}
