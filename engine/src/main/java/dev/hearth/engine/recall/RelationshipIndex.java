package dev.hearth.engine.recall;

import dev.hearth.kernel.lexical.LexicalIndex;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.kernel.vector.RowStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be recalled of one relationship, in memory: terms and vectors of its messages, without their texts.
 *
 * <ol>
 *   <li>Any number of threads search at any time, without waiting. Writes are one after the other; each is seen by
 *       every search that begins after it returned, whole or not at all.
 *   <li>A message without vectors is found by its words, and scores 0 for likeness of meaning.
 *   <li>A deleted message is never found again, and neither its words nor its vectors count for any other. Its bytes
 *       stay in memory, out of reach, until the index is built anew.
 *   <li>A search scans every vector: about half a millisecond for 10,000 messages of 384 dimensions, and allocates some 30 bytes a
 *       message. Nothing here does any I/O.
 * </ol>
 */
public final class RelationshipIndex {

    private final LexicalIndex words = new LexicalIndex();
    private final @Nullable RowStore rows;
    private long[] seqs = new long[16];
    private int[] sessions = new int[16];
    private byte[] states = new byte[16];
    private int count;
    private int live;
    private long lastSeq = Long.MIN_VALUE;
    private volatile IndexView published;

    /**
     * An empty index.
     *
     * @param dimension the length of the embedder's vectors; 0 where there is no embedder, to search by words alone
     */
    public RelationshipIndex(int dimension) {
        rows = dimension == 0 ? null : new RowStore(dimension);
        published = view();
    }

    /**
     * Adds a message.
     *
     * @throws IllegalArgumentException where its seq is not above all earlier ones
     */
    public synchronized void append(IndexedMessage message) {
        if (message.seq() <= lastSeq) {
            throw new IllegalArgumentException("Message " + message.seq() + " cannot follow " + lastSeq + ".");
        }
        lastSeq = message.seq();
        if (!message.searchable()) {
            return;
        }
        if (count == seqs.length) {
            int larger = count + Math.max(16, count / 4);
            seqs = Arrays.copyOf(seqs, larger);
            sessions = Arrays.copyOf(sessions, larger);
            states = Arrays.copyOf(states, larger);
        }
        // The speaker's name is part of the words: a question often says whose message it is after.
        words.append(count, message.speaker() + " " + message.text());
        seqs[count] = message.seq();
        sessions[count] = message.session();
        states[count] = IndexView.LIVE;
        count++;
        live++;
        published = view();
    }

    /**
     * Gives a message its vectors, one for each window of its text, in place of any that it has; none takes them away.
     * Does nothing for a message that is deleted, unknown or not searchable.
     *
     * @throws IllegalArgumentException where a vector has another dimension or is not finite
     */
    public void vectors(long seq, List<float[]> windows) {
        List<QuantizedVector> quantized = new ArrayList<>(windows.size());
        for (float[] window : windows) {
            quantized.add(QuantizedVector.of(window));
        }
        quantizedVectors(seq, quantized);
    }

    /** The same with vectors that have been quantized before. */
    public synchronized void quantizedVectors(long seq, List<QuantizedVector> windows) {
        if (rows == null) {
            throw new IllegalArgumentException("An index of dimension 0 takes no vectors.");
        }
        int place = published.place(seq);
        if (place < 0 || (states[place] & IndexView.LIVE) == 0) {
            return;
        }
        rows.put(place, windows, (states[place] & IndexView.EMBEDDED) == 0);
        states[place] = windows.isEmpty() ? IndexView.LIVE : IndexView.LIVE | IndexView.EMBEDDED;
        published = view();
    }

    /** Whether the message is here with vectors; false for one that is deleted, unknown or not searchable. */
    public boolean embedded(long seq) {
        return published.embedded(seq);
    }

    /** Forgets a message; does nothing for one that is deleted or unknown. */
    public synchronized void delete(long seq) {
        int place = published.place(seq);
        if (place < 0 || states[place] == 0) {
            return;
        }
        words.delete(place);
        states[place] = 0;
        live--;
        published = view();
    }

    /** Gives back the room for messages to come; worth its copies once many have been added. */
    public synchronized void trim() {
        words.trim();
        if (rows != null) {
            rows.trim();
        }
        seqs = Arrays.copyOf(seqs, count);
        sessions = Arrays.copyOf(sessions, count);
        states = Arrays.copyOf(states, count);
        published = view();
    }

    /** How many messages can be found. */
    public long size() {
        return published.live;
    }

    /** The heap that this takes, in bytes, to a few percent; room for messages to come is counted. */
    public long bytes() {
        return published.bytes();
    }

    /**
     * The messages that answer {@code query}.
     *
     * @throws IllegalArgumentException where the query's vector has another dimension than the index, unless that is 0
     */
    public RecallResult search(RecallQuery query) {
        return new RecallResult(published.search(query));
    }

    private IndexView view() {
        return new IndexView(live, count, seqs, sessions, states, words.published(), rows == null ? null : rows.rows());
    }
}
