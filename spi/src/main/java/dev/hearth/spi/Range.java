package dev.hearth.spi;

/**
 * A run of keys within a partition.
 *
 * @param from the lowest key, inclusive
 * @param to the highest key, exclusive
 * @param limit how many items at most, at least 1
 * @param descending true to begin at the highest
 */
public record Range(String from, String to, int limit, boolean descending) {

    public Range {
        if (limit < 1) {
            throw new IllegalArgumentException("A range's limit is at least 1.");
        }
    }

    /** Every key that begins with {@code prefix}, ascending. */
    public static Range prefix(String prefix, int limit) {
        return new Range(prefix, after(prefix), limit, false);
    }

    /** The least key above every key that begins with {@code prefix} (keys are printable ASCII). */
    public static String after(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }
}
