/**
 * The embedder that runs in this process: bge-small-en-v1.5, int8, 384 numbers a vector, on onnxruntime.
 *
 * <p>A text takes this way: {@link dev.hearth.embed.onnx.WordPiece} turns it into tokens on the caller's thread,
 * {@code Windows} cuts them into what the model reads at once, {@code EncodingPool} queues them in two lanes, and its
 * platform threads run {@code BgeModel}, one window at a time. Windows are never computed together in one tensor: the
 * model's dynamic quantization takes its scale from the whole tensor, so a vector would depend on its batch-mates.
 */
@NullMarked
package dev.hearth.embed.onnx;

import org.jspecify.annotations.NullMarked;
