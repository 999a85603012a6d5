@NullMarked
package dev.hearth.index.pinecone;

import org.jspecify.annotations.NullMarked;
