package dev.hearth.index.pinecone;

import dev.hearth.spi.VectorIndex;
import dev.hearth.spi.VectorIndex.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Ids as the service keeps them, {@code <space>#<id>}, and what the contract says of names and vectors. */
final class Names {

    private static final Pattern SPACE = Pattern.compile("[!-~&&[^#]]{1," + VectorIndex.MAX_SPACE + "}");
    private static final Pattern ID = Pattern.compile("[!-~]{1," + VectorIndex.MAX_ID + "}");

    private Names() {}

    /** What the ids of a space begin with. */
    static String prefix(String space) {
        if (!SPACE.matcher(space).matches()) {
            throw new IllegalArgumentException(
                    "A space is 1 to " + VectorIndex.MAX_SPACE + " characters of visible ASCII without #.");
        }
        return space + "#";
    }

    static void check(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "A vector's id is 1 to " + VectorIndex.MAX_ID + " characters of visible ASCII.");
        }
    }

    static void check(float[] vector, int dimension) {
        boolean zero = true;
        boolean finite = true;
        for (float number : vector) {
            zero &= number == 0;
            finite &= Float.isFinite(number);
        }
        if (vector.length != dimension || zero || !finite) {
            throw new IllegalArgumentException(
                    "A vector has " + dimension + " finite numbers here, not all of them zero.");
        }
    }

    static void check(List<Entry> entries, int dimension) {
        Set<String> ids = new HashSet<>();
        for (Entry entry : entries) {
            check(entry.id());
            check(entry.vector(), dimension);
            if (!ids.add(entry.id())) {
                throw new IllegalArgumentException("An id stands twice in one call.");
            }
        }
    }
}
