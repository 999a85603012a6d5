package dev.hearth.testkit;

import dev.hearth.spi.Embedder;

final class HashEmbedderTest extends EmbedderContract {

    @Override
    protected Embedder open() {
        return new HashEmbedder();
    }
}
