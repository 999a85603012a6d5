package dev.hearth.kernel.lexical;

import java.util.Arrays;

/**
 * Which documents have which terms. Keeps no text: about 4 bytes for each different term of a document, and 30 for each
 * different term of all.
 *
 * <ol>
 *   <li>One thread writes at a time. Any number of threads read at any time, each from the {@link LexicalView} it took;
 *       a view is published by a volatile write after what it shows was written.
 *   <li>Documents come with rising numbers; numbers may be left out.
 *   <li>A deleted document counts nowhere from then on. Its postings keep their memory until the index is built anew.
 * </ol>
 */
public final class LexicalIndex {

    static final int LONGEST = Character.MAX_VALUE;

    private final double k1;
    private final double b;
    private final Postings postings = new Postings();
    private final Terms terms = new Terms(LONGEST);

    /** Terms of each document, 0 for those without any and for deleted ones. */
    private char[] lengths = new char[16];

    private int documents;
    private int live;
    private long tokens;
    private volatile LexicalView published;

    /** An index with the usual parameters: k1 1.2, b 0.75. */
    public LexicalIndex() {
        this(1.2, 0.75);
    }

    /**
     * An empty index.
     *
     * @param k1 how much a term's repetition counts, 0 or more
     * @param b how much a document's length counts against it, 0 to 1
     */
    public LexicalIndex(double k1, double b) {
        if (!(k1 >= 0 && b >= 0 && b <= 1)) {
            throw new IllegalArgumentException("k1 is 0 or more and b is 0 to 1, not " + k1 + " and " + b + ".");
        }
        this.k1 = k1;
        this.b = b;
        this.published = view();
    }

    /** The index as it is now. */
    public LexicalView published() {
        return published;
    }

    /**
     * Adds a document. Linear in its text, of which the first 65,535 terms count.
     *
     * @param document above all earlier ones, 0 to 134,217,726
     */
    public void append(int document, String text) {
        check(document);
        terms.read(text);
        for (int i = 0; i < terms.distinct(); i++) {
            postings.append(terms.hash(i), document, terms.frequency(i));
        }
        added(document, terms.total());
    }

    /**
     * Adds a document whose text was analysed before.
     *
     * @param document above all earlier ones, 0 to 134,217,726
     * @param analysed as {@link TermHashes#counted} made it
     */
    public void append(int document, DocumentTerms analysed) {
        check(document);
        for (int i = 0; i < analysed.hashes().length; i++) {
            postings.append(analysed.hashes()[i], document, analysed.frequencies()[i]);
        }
        added(document, analysed.total());
    }

    private void check(int document) {
        if (document < documents || document >= Postings.MOST_DOCUMENTS) {
            throw new IllegalArgumentException("Document " + document + " cannot follow " + (documents - 1) + ".");
        }
    }

    private void added(int document, int total) {
        if (document >= lengths.length) {
            lengths = Arrays.copyOf(lengths, Math.max(document + 1, lengths.length + lengths.length / 2));
        }
        lengths[document] = (char) total;
        documents = document + 1;
        tokens += total;
        live += total > 0 ? 1 : 0;
        published = view();
    }

    /** Forgets a document; one that is unknown or deleted stays so. */
    public void delete(int document) {
        if (document < 0 || document >= documents || lengths[document] == 0) {
            return;
        }
        tokens -= lengths[document];
        live--;
        lengths[document] = 0;
        published = view();
    }

    /** Gives back the room for documents to come; worth its copies once many have been added. */
    public void trim() {
        postings.trim();
        lengths = Arrays.copyOf(lengths, documents);
        published = view();
    }

    private LexicalView view() {
        return new LexicalView(k1, b, documents, live, tokens, lengths, postings.view());
    }
}
