package dev.hearth.embed.onnx;

import ai.onnxruntime.OrtException;

/** One window's tokens to its vector. Called by several of the pool's threads at once. */
interface Encoder extends AutoCloseable {

    /**
     * Computes one window, on the calling thread.
     *
     * @param tokens a framed window, 2 to 512 ids
     * @param alone whether no other window is being computed, so that this one may use all threads
     * @return a normalised vector of 384 numbers
     */
    float[] encode(int[] tokens, boolean alone) throws OrtException;

    @Override
    void close();
}
