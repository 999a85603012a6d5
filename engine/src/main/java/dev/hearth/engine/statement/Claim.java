package dev.hearth.engine.statement;

import java.util.Set;

/**
 * What a sentence says of somebody or something, as far as two such sentences can be held against each other.
 *
 * @param slot what it is about: whose, and which of their matters; equal for sentences about the same
 * @param value what it says of it: stems of its content words; empty for what is over
 * @param single whether there is one value at a time, so that another is news even where nothing says so
 * @param change whether the sentence says that something changed, or how it is now
 * @param holds false where it says that something is not so any more
 * @param words by which older claims of the slot are looked for
 */
public record Claim(String slot, Set<String> value, boolean single, boolean change, boolean holds, String words) {

    public Claim {
        value = Set.copyOf(value);
    }

    /** Whether this, said later, takes the place of {@code older}. */
    public boolean replaces(Claim older) {
        if (!slot.equals(older.slot)) {
            return false;
        }
        if (holds != older.holds) {
            return change && (value.equals(older.value) || value.isEmpty() || older.value.isEmpty());
        }
        boolean other = !value.containsAll(older.value) && !older.value.containsAll(value);
        return holds && other && (single || change);
    }
}
