/**
 * Words: how a text becomes terms, and which documents' terms answer a query (BM25). Knows texts and document numbers;
 * knows nothing of vectors, of speakers, or of what a document is.
 */
@NullMarked
package dev.hearth.kernel.lexical;

import org.jspecify.annotations.NullMarked;
