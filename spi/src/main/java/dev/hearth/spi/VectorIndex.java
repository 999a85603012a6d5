package dev.hearth.spi;

import java.util.Collection;
import java.util.List;

/**
 * Vectors of memories outside the node that recalls: what a memory means, and nothing else of it. Derived from the
 * {@link WarmStore}, which stays the truth.
 *
 * <p><b>Contract</b> (held by {@code VectorIndexContract}):
 *
 * <ol>
 *   <li>It lies outside encryption: what it keeps can be read where it is kept, also after the partition's key was
 *       destroyed. So it gets opaque names and numbers: no text, and nothing that was said.
 *   <li>A space is one relationship of a partition: 1 to {@value #MAX_SPACE} characters of visible ASCII without
 *       {@code #}. An id is 1 to {@value #MAX_ID} characters of visible ASCII. A vector has {@link #dimension} finite
 *       numbers, not all of them zero. Anything else is the caller's mistake ({@link IllegalArgumentException}) and
 *       changes nothing.
 *   <li>Nothing is shared between partitions, or between spaces of one partition: the same id in two spaces is two
 *       vectors, and a query answers vectors of its own space only.
 *   <li>Writes are not atomic: one that throws may have happened in whole, in part or not at all. Each may be made again.
 *   <li>It is eventually consistent. After a write has returned, readers may see what was there before for a while
 *       (seconds, as a rule), some of its vectors sooner than others; {@link #count} may be behind {@link #query}, and
 *       the other way round. So whoever queries holds every answer against the truth, and finds what is new elsewhere.
 *   <li>It may be approximate: a query may miss a near vector. What it answers carries the cosine, up to rounding.
 *   <li>{@link #drop} is the exception to 5: it returns when the store itself counts nothing any more, and throws
 *       {@link StoreException.Kind#DEADLINE} where it still counts something then. A write that is under way meanwhile
 *       may come after it; the caller ends its writes first.
 *   <li>It is disposable: a partition may be dropped at any time, and whoever wrote it must be able to write it again.
 *   <li>Calls may come from any number of threads; each blocks until done or until its deadline, when it throws
 *       {@link StoreException.Kind#DEADLINE}.
 * </ol>
 */
public interface VectorIndex extends AutoCloseable {

    int MAX_SPACE = 128;

    int MAX_ID = 256;

    /** The most matches that one query may ask for. */
    int MAX_LIMIT = 1_000;

    /**
     * One vector, under an id that is its own within the space.
     *
     * @param vector is not copied; leave it as it is
     */
    @SuppressWarnings("ArrayRecordComponent") // numbers that are handed on, never compared
    record Entry(String id, float[] vector) {}

    /**
     * A vector that was found.
     *
     * @param score the cosine with the query's vector, in [-1, 1] up to rounding
     */
    record Match(String id, double score) {}

    /** How many numbers a vector has; the embedder's. */
    int dimension();

    /** Adds the entries, whose ids differ, and replaces those that are there. As many requests as they need. */
    void upsert(Partition partition, String space, List<Entry> entries, Deadline deadline);

    /**
     * The vectors of the space that are nearest to {@code vector}, the nearest first; empty where there are none. One
     * request.
     *
     * @param limit 1 to {@value #MAX_LIMIT}
     */
    List<Match> query(Partition partition, String space, float[] vector, int limit, Deadline deadline);

    /** Removes vectors of the space; removing what is absent is allowed. */
    void delete(Partition partition, String space, Collection<String> ids, Deadline deadline);

    /** How many vectors the partition has in all its spaces, as far as the store has counted; 0 where it has none. */
    long count(Partition partition, Deadline deadline);

    /**
     * Removes everything of the partition. Dropping what does not exist is allowed and removes 0.
     *
     * @return as many as the store had counted before, and the bytes of their numbers
     */
    Removal drop(Partition partition, Deadline deadline);

    /** Ends every use; later calls throw {@link StoreException.Kind#CLOSED}. Closing twice is allowed. */
    @Override
    void close();
}
