package dev.hearth.embed.onnx;

import ai.onnxruntime.OrtException;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import dev.hearth.spi.EmbedderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * bge-small-en-v1.5, int8, in this process: {@code [CLS]} pooling, no instruction, 384 numbers a vector.
 *
 * <p>A vector depends on its text alone, never on what is computed beside it, and is the same up to rounding from
 * call to call. A text of up to 510 tokens gives one vector, also where it is empty; a longer one
 * gives one for each of its windows, 64 at most (about 24,000 English words; what lies beyond is not read).
 *
 * <p>Safe for many threads. Tokenization runs on the caller's thread (20 microseconds a sentence), the model on
 * the embedder's own platform threads, one window a thread; a request of at most four windows goes before any larger
 * one, and may use all threads where nothing else runs. On a server core a sentence costs about 5 ms and 512 tokens
 * about 150. Memory: about 200 MB outside the heap.
 */
public final class OnnxEmbedder implements Embedder {

    /** How many numbers a vector has, also before the model is loaded. */
    public static final int DIMENSION = BgeModel.DIMENSION;

    /** The default bound of waiting windows in each lane. */
    public static final int DEFAULT_CAPACITY = 2_048;

    private static final int MOST_DEFAULT_THREADS = 8;
    private static final String MODEL = "/bge-small-en-v1.5-q.onnx";
    private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";

    private final String id;
    private final WordPiece wordPiece;
    private final EncodingPool pool;

    private OnnxEmbedder(String id, WordPiece wordPiece, EncodingPool pool) {
        this.id = id;
        this.wordPiece = wordPiece;
        this.pool = pool;
    }

    /** As {@link #open(int, int)}, with a thread for each core, 8 at most, and the default capacity. */
    public static OnnxEmbedder open() {
        return open(Math.min(MOST_DEFAULT_THREADS, Runtime.getRuntime().availableProcessors()), DEFAULT_CAPACITY);
    }

    /**
     * Loads library, model and vocabulary, blocking: about 0.7 s on two idle cores the first time in a process. Opening on
     * another thread while the rest of a server starts is what this is made for.
     *
     * @param threads platform threads that compute, at least 1
     * @param capacity windows that may wait in each of the two lanes, at least 1; a request that finds its lane empty
     *     may exceed it
     * @throws EmbedderException where the model is not on the class path or does not load
     */
    public static OnnxEmbedder open(int threads, int capacity) {
        if (threads < 1 || capacity < 1) {
            throw new IllegalArgumentException("threads and capacity must be at least 1");
        }
        CompletableFuture<Void> library = CompletableFuture.runAsync(BgeModel::loadLibrary);
        CompletableFuture<WordPiece> wordPiece = CompletableFuture.supplyAsync(
                () -> WordPiece.ofTokenizerFile(new String(resource(TOKENIZER), StandardCharsets.UTF_8)));
        byte[] model = resource(MODEL);
        CompletableFuture<String> hash = CompletableFuture.supplyAsync(() -> hash(model));
        try {
            library.join();
            BgeModel encoder = BgeModel.open(model, threads);
            String id = "bge-small-en-v1.5-q/" + hash.join() + "/cls/no-instruction";
            return new OnnxEmbedder(id, wordPiece.join(), new EncodingPool(encoder, threads, capacity));
        } catch (OrtException | LinkageError | RuntimeException e) {
            throw new EmbedderException("the embedding model did not load: " + e.getMessage(), e);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int dimension() {
        return BgeModel.DIMENSION;
    }

    @Override
    public List<List<float[]>> embed(List<String> texts, Deadline deadline) {
        if (texts.isEmpty()) {
            return List.of();
        }
        int[] counts = new int[texts.size()];
        List<int[]> windows = new ArrayList<>(texts.size());
        for (int text = 0; text < counts.length; text++) {
            if (deadline.expired()) {
                throw new EmbedderException("the deadline passed before the texts were tokens", null);
            }
            List<int[]> own = Windows.of(wordPiece.tokens(texts.get(text)), wordPiece);
            counts[text] = own.size();
            windows.addAll(own);
        }
        float[][] vectors = pool.encode(windows.toArray(int[][]::new), deadline);
        List<List<float[]>> result = new ArrayList<>(counts.length);
        int next = 0;
        for (int count : counts) {
            result.add(List.copyOf(Arrays.asList(vectors).subList(next, next + count)));
            next += count;
        }
        return List.copyOf(result);
    }

    /** Waiting callers get an exception at once; returns when the windows being computed are done. */
    @Override
    public void close() {
        pool.close();
    }

    private static byte[] resource(String name) {
        try (InputStream in = OnnxEmbedder.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new EmbedderException("the model package is not on the class path: no " + name, null);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new EmbedderException("the model package does not read: " + name, e);
        }
    }

    private static String hash(byte[] model) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(model);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
