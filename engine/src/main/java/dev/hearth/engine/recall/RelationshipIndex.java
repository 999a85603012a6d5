package dev.hearth.engine.recall;

import dev.hearth.kernel.lexical.LexicalIndex;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.kernel.vector.RowStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 *   <li>A search scans every vector, twice where the question has a vector of its content too: about half a millisecond for
 *       10,000 messages of 384 dimensions, and allocates some 60 bytes a message. Nothing here does any I/O.
 * </ol>
 */
public final class RelationshipIndex {

    private static final int MOST_SPEAKERS = 64;

    private final LexicalIndex words = new LexicalIndex();
    private final Times times = new Times();
    private final Standings standings = new Standings();
    private final @Nullable RowStore rows;
    private long[] seqs = new long[16];
    /** The number of the run of neighbours of one session that each message is in. */
    private int[] runs = new int[16];

    private byte[] states = new byte[16];
    private short[] traits = new short[16];
    private byte[] speaker = new byte[16];
    private List<String> speakers = List.of();
    private int count;
    private int live;
    private long lastSeq = Long.MIN_VALUE;
    private int lastSession;
    private int[] starts = Places.oneRun();
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
    public void append(IndexedMessage message) {
        append(List.of(message), null);
    }

    /**
     * Adds messages in one go, which costs less than one by one.
     *
     * @param analysed what their words come to, in the same order; null where that is to be found out
     * @throws IllegalArgumentException where a seq is not above all earlier ones
     */
    public synchronized void append(List<IndexedMessage> messages, @Nullable List<AnalysedText> analysed) {
        long before = lastSeq;
        for (IndexedMessage message : messages) {
            if (message.seq() <= before) {
                throw new IllegalArgumentException("Message " + message.seq() + " cannot follow " + before + ".");
            }
            before = message.seq();
        }
        lastSeq = before;
        for (int i = 0; i < messages.size(); i++) {
            IndexedMessage message = messages.get(i);
            if (message.searchable()) {
                put(message, analysed == null ? null : analysed.get(i), count == 0 || message.session() == lastSession);
            }
        }
        published = view();
    }

    /**
     * Takes in old messages, with what is around them: those of them that are here already are found among the others from
     * now on.
     *
     * @param messages with rising seqs
     * @param vectors of those that have any, by their seqs
     */
    public synchronized void insert(List<IndexedMessage> messages, Map<Long, List<QuantizedVector>> vectors) {
        int begin = count;
        boolean goesOn = false;
        // Searches that began before go on with the states as they were: nothing is missing or there twice.
        states = states.clone();
        for (IndexedMessage message : messages) {
            lastSeq = Math.max(lastSeq, message.seq());
            if (!message.searchable()) {
                continue;
            }
            List<QuantizedVector> windows = vectors.get(message.seq());
            if (windows == null && published.embedded(message.seq())) {
                // It is here with vectors that this would take away.
                continue;
            }
            retire(published.place(message.seq()));
            put(message, null, goesOn && message.session() == lastSession);
            goesOn = true;
            if (rows != null && windows != null && !windows.isEmpty()) {
                rows.put(count - 1, windows, true);
                states[count - 1] = IndexView.LIVE | IndexView.EMBEDDED;
            }
        }
        if (count > begin) {
            starts = Arrays.copyOf(starts, starts.length + 2);
            starts[starts.length - 2] = begin;
            starts[starts.length - 1] = count;
            lastSession = Integer.MIN_VALUE;
            published = view();
        }
    }

    /** Lets go of a place; what is known of its message stays. */
    private void retire(int place) {
        if (place >= 0 && states[place] != 0) {
            words.delete(place);
            states[place] = 0;
            live--;
        }
    }

    private void put(IndexedMessage message, @Nullable AnalysedText analysed, boolean goesOn) {
        if (count == seqs.length) {
            int larger = count + Math.max(16, count / 4);
            seqs = Arrays.copyOf(seqs, larger);
            runs = Arrays.copyOf(runs, larger);
            states = Arrays.copyOf(states, larger);
            traits = Arrays.copyOf(traits, larger);
            speaker = Arrays.copyOf(speaker, larger);
        }
        if (analysed == null) {
            words.append(count, message.text());
            traits[count] = Traits.of(message.text(), message.byUser());
        } else {
            words.append(count, analysed.terms());
            traits[count] = analysed.traits();
        }
        speaker[count] = (byte) speaker(message.speaker());
        times.append(count, message.time(), message.times());
        seqs[count] = message.seq();
        runs[count] = count == 0 ? 0 : runs[count - 1] + (goesOn ? 0 : 1);
        lastSession = message.session();
        states[count] = IndexView.LIVE;
        count++;
        live++;
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
        RowStore store = rows();
        int place = published.place(seq);
        if (place < 0 || (states[place] & IndexView.LIVE) == 0) {
            return;
        }
        store.put(place, windows, (states[place] & IndexView.EMBEDDED) == 0);
        states[place] = windows.isEmpty() ? IndexView.LIVE : IndexView.LIVE | IndexView.EMBEDDED;
        published = view();
    }

    /** The same of many messages in one go. */
    public synchronized void quantizedVectors(List<EmbeddedMessages> embedded) {
        RowStore store = rows();
        store.expect(embedded.stream().mapToInt(some -> some.rows().count()).sum());
        for (EmbeddedMessages some : embedded) {
            int row = 0;
            for (int i = 0; i < some.seqs().length; i++) {
                int end = row + some.windows()[i];
                int place = published.place(some.seqs()[i]);
                if (place >= 0 && (states[place] & IndexView.LIVE) != 0) {
                    store.put(place, some.rows(), row, end, (states[place] & IndexView.EMBEDDED) == 0);
                    states[place] = end == row ? IndexView.LIVE : IndexView.LIVE | IndexView.EMBEDDED;
                }
                row = end;
            }
        }
        published = view();
    }

    private RowStore rows() {
        if (rows == null) {
            throw new IllegalArgumentException("An index of dimension 0 takes no vectors.");
        }
        return rows;
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
        retire(place);
        standings.remove(seq);
        published = view();
    }

    /** Sets what is known of a memory beside its words; {@link Standing#NONE} for nothing. It may come later. */
    public void standing(long seq, Standing standing) {
        standings.put(seq, standing);
    }

    /** What is known of a memory beside its words. */
    public Standing standing(long seq) {
        return standings.of(seq);
    }

    /** All that is known of memories, by their seqs; a view that changes. */
    public Map<Long, Standing> standings() {
        return Collections.unmodifiableMap(standings.all());
    }

    /** Notes that memories were put into a prompt, for the hours in which they are not to be there again. */
    public void used(Collection<Long> seqs, Instant at) {
        standings.used(seqs, at, Precedence.LATELY);
    }

    /** Whether the message can be found. */
    public boolean live(long seq) {
        return published.live(seq);
    }

    /** Gives back the room for messages to come; worth its copies once many have been added. */
    public synchronized void trim() {
        words.trim();
        if (rows != null) {
            rows.trim();
        }
        seqs = Arrays.copyOf(seqs, count);
        runs = Arrays.copyOf(runs, count);
        states = Arrays.copyOf(states, count);
        traits = Arrays.copyOf(traits, count);
        speaker = Arrays.copyOf(speaker, count);
        times.trim(count);
        published = view();
    }

    /**
     * Which runs of messages that are not here a query is worth fetching for, the most promising first.
     *
     * @param gists what is known of each, by whatever names it
     * @param most how many at most
     */
    public <K> List<K> worthFetching(Map<K, Gist> gists, RecallQuery query, int most) {
        return gists.isEmpty() ? List.of() : Worth.of(published, query).best(gists, most);
    }

    /** How many messages can be found. */
    public long size() {
        return published.live;
    }

    /** The heap that this takes, in bytes, to a few percent; room for messages to come is counted. */
    public long bytes() {
        return published.bytes() + standings.bytes();
    }

    /**
     * A question's content words alone, to be embedded beside it; the question itself where they are all there is to it,
     * or where it is long.
     */
    public String content(String question) {
        return published.cues(question).content();
    }

    /**
     * The messages that answer {@code query}.
     *
     * @throws IllegalArgumentException where the query's vector has another dimension than the index, unless that is 0
     */
    public RecallResult search(RecallQuery query) {
        IndexView view = published;
        RecallResult found = view.search(query.limit(Precedence.pool(query.limit())));
        Precedence precedence = new Precedence(standings, new Resemblance(view, found.hits()));
        return new RecallResult(
                precedence.order(
                        found.hits(),
                        query,
                        seq -> view.live(seq) && !query.except().contains(seq)),
                found.confidence());
    }

    /**
     * The earlier messages most like a vector, the most alike first. Costs a scan.
     *
     * @param least the cosine that they have at least
     * @param before the seq that theirs are below
     */
    public List<Long> alike(float[] vector, double least, long before, int most) {
        return published.alike(vector, least, before, most);
    }

    /**
     * The candidates for {@code query} with all that the ranker knows of them: what its weights are trained on. A search
     * without ranking.
     */
    public Examined examine(RecallQuery query) {
        return published.examine(query);
    }

    /** The number of a speaker's name; -1 where there are too many. A question that names one is after what they said. */
    private int speaker(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        int known = speakers.indexOf(plain);
        if (known < 0 && speakers.size() < MOST_SPEAKERS) {
            List<String> more = new ArrayList<>(speakers);
            more.add(plain);
            speakers = List.copyOf(more);
            known = speakers.size() - 1;
        }
        return known;
    }

    private IndexView view() {
        return new IndexView(
                live,
                new Places(seqs, count, starts),
                runs,
                states,
                new IndexedMessages(traits, speaker, speakers, times.view(), words.published()),
                rows == null ? null : rows.rows());
    }
}
