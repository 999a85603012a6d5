package dev.hearth.kernel.lexical;

/**
 * A {@link LexicalIndex} as it was at one moment: documents appended later are not in it; documents deleted later may
 * already be gone from it. Safe for many threads.
 */
public final class LexicalView {

    /** A query's terms beyond these are left out, so that no text makes a search slow. */
    public static final int MOST_QUERY_TERMS = 256;

    private final double k1;
    private final double b;
    private final int documents;
    private final int live;
    private final long tokens;
    private final char[] lengths;
    private final Postings.View postings;

    LexicalView(double k1, double b, int documents, int live, long tokens, char[] lengths, Postings.View postings) {
        this.k1 = k1;
        this.b = b;
        this.documents = documents;
        this.live = live;
        this.tokens = tokens;
        this.lengths = lengths;
        this.postings = postings;
    }

    /** One more than the last document's number. */
    public int documents() {
        return documents;
    }

    /** How many documents have terms and are not deleted. */
    public int live() {
        return live;
    }

    /** The heap that the index takes, in bytes, to a few percent; room for documents to come is counted. */
    public long bytes() {
        return postings.bytes() + 2L * lengths.length + 2048;
    }

    /**
     * Each document's BM25 score for {@code query}, 0 for a document without any of its terms:
     * {@code idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average length))} over the query's terms, with
     * {@code idf = ln(1 + (n - df + 0.5) / (df + 0.5))} (Robertson and Zaragoza, "The Probabilistic Relevance
     * Framework", 2009, with the 1 added that keeps it above 0), and which of the terms it has. A term twice in the query
     * counts twice.
     *
     * <p>Costs three walks over the postings of the query's terms, and 12 bytes a document.
     *
     * @param below documents from this number on are neither counted nor scored; the arrays are as long, whatever there
     *     is
     */
    public LexicalMatch match(String query, int below) {
        int end = Math.min(below, documents);
        float[] scores = new float[Math.max(0, below)];
        long[] having = new long[scores.length];
        if (live == 0 || end <= 0) {
            return new LexicalMatch(scores, having, new float[0]);
        }
        Terms terms = new Terms(MOST_QUERY_TERMS);
        terms.read(query);
        float[] norms = norms();
        float[] rarities = new float[Math.min(LexicalMatch.MOST_TERMS, terms.distinct())];
        for (int i = 0; i < terms.distinct(); i++) {
            int first = postings.first(terms.hash(i));
            int count = first == 0 ? 0 : count(first, end);
            double idf = Math.log1p((Math.max(live, count) - count + 0.5) / (count + 0.5));
            if (i < rarities.length) {
                rarities[i] = (float) (terms.frequency(i) * idf);
            }
            if (count > 0) {
                add(first, end, (float) (terms.frequency(i) * idf * (k1 + 1)), norms, scores);
                if (i < rarities.length) {
                    mark(first, end, 1L << i, having);
                }
            }
        }
        return new LexicalMatch(scores, having, rarities);
    }

    /** How many documents have the term with this hash, as {@link TermHashes} makes it. A walk over its postings. */
    public int documents(long term) {
        int first = postings.first(term);
        return first == 0 ? 0 : count(first, documents);
    }

    /** How many terms a document has, repeated ones counted again; 0 for one that is deleted. */
    public int length(int document) {
        return document < documents ? lengths[document] : 0;
    }

    private void mark(int first, int end, long term, long[] having) {
        int at = first;
        while (at != 0) {
            int posting = postings.pool[at];
            if (posting <= 0) {
                at = Postings.follow(posting);
                continue;
            }
            int document = Postings.document(posting);
            if (document >= end) {
                return;
            }
            having[document] |= lengths[document] == 0 ? 0 : term;
            at++;
        }
    }

    /** What a document of each length adds below the line; longer ones than the table are computed. */
    private float[] norms() {
        float[] norms = new float[256];
        for (int length = 0; length < norms.length; length++) {
            norms[length] = norm(length);
        }
        return norms;
    }

    private float norm(int length) {
        return (float) (k1 * (1 - b + b * length * live / tokens));
    }

    private int count(int first, int end) {
        int count = 0;
        int at = first;
        while (at != 0) {
            int posting = postings.pool[at];
            if (posting <= 0) {
                at = Postings.follow(posting);
                continue;
            }
            int document = Postings.document(posting);
            if (document >= end) {
                break;
            }
            count += lengths[document] == 0 ? 0 : 1;
            at++;
        }
        return count;
    }

    private void add(int first, int end, float weight, float[] norms, float[] scores) {
        int at = first;
        while (at != 0) {
            int posting = postings.pool[at];
            if (posting <= 0) {
                at = Postings.follow(posting);
                continue;
            }
            int document = Postings.document(posting);
            if (document >= end) {
                return;
            }
            int length = lengths[document];
            if (length != 0) {
                float frequency = Postings.frequency(posting);
                float norm = length < norms.length ? norms[length] : norm(length);
                scores[document] += weight * frequency / (frequency + norm);
            }
            at++;
        }
    }
}
