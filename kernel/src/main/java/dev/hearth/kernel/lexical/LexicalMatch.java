package dev.hearth.kernel.lexical;

/**
 * What a query has in common with each document.
 *
 * @param scores BM25, by document; the caller's to change
 * @param having the query's terms that a document has, by document: bit i for the i-th of {@code rarities}
 * @param rarities what each term of the query weighs: its idf times how often the query has it. At most
 *     {@value #MOST_TERMS}; terms beyond count in the scores only
 */
@SuppressWarnings("ArrayRecordComponent") // made for one search and compared with nothing
public record LexicalMatch(float[] scores, long[] having, float[] rarities) {

    static final int MOST_TERMS = 64;

    /** What a set of the query's terms weighs together. */
    public float weight(long terms) {
        float sum = 0;
        for (long rest = terms; rest != 0; rest &= rest - 1) {
            sum += rarities[Long.numberOfTrailingZeros(rest)];
        }
        return sum;
    }

    /** What the weightiest of a set of the query's terms weighs, 0 for none. */
    public float rarest(long terms) {
        float most = 0;
        for (long rest = terms; rest != 0; rest &= rest - 1) {
            most = Math.max(most, rarities[Long.numberOfTrailingZeros(rest)]);
        }
        return most;
    }

    /** What the weightiest of all the query's terms weighs. */
    public float rarest() {
        float most = 0;
        for (float rarity : rarities) {
            most = Math.max(most, rarity);
        }
        return most;
    }

    /** What all of the query's terms weigh together, those that no document has included. */
    public float total() {
        float sum = 0;
        for (float rarity : rarities) {
            sum += rarity;
        }
        return sum;
    }
}
