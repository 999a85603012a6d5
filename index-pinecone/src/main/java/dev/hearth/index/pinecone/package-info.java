/**
 * The vector index on Pinecone, over its data plane's REST API of {@code 2026-04}.
 *
 * <p>A partition is one namespace of one serverless index: a plan allows some 100,000 of them, which is why a space is
 * none. A space is the one field of a vector's metadata, by which queries filter, and what a vector's id begins with, up
 * to a {@code #}. Pinecone sees these names, which are opaque, and the vectors; nothing else is sent.
 *
 * <p>Every request here may be made twice, so each is made again where its answer was lost. Knows {@code dev.hearth.spi}
 * and nothing of what the vectors stand for.
 */
@NullMarked
package dev.hearth.index.pinecone;

import org.jspecify.annotations.NullMarked;
