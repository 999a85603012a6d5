package dev.hearth.embed.onnx;

import dev.hearth.spi.Embedder;
import dev.hearth.testkit.EmbedderContract;

class OnnxEmbedderContractTest extends EmbedderContract {

    @Override
    protected Embedder open() {
        return OnnxEmbedder.open();
    }
}
