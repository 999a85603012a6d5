package dev.hearth.engine.when;

import org.jspecify.annotations.Nullable;

/** Knows one family of expressions. */
interface Recogniser {

    /** The expression that begins at place {@code i}, or null. Looks at a bounded number of tokens. */
    @Nullable
    Found at(Tokens tokens, int i, Said said);
}
