/** How fast Hearth's embedder is beside the one that LangChain4j has for the same model. */
@NullMarked
package dev.hearth.bench.embed;

import org.jspecify.annotations.NullMarked;
