/** The search by meaning beside an approximate nearest-neighbour index (HNSW, by Lucene) of the same recall. */
@NullMarked
package dev.hearth.bench.hnsw;

import org.jspecify.annotations.NullMarked;
