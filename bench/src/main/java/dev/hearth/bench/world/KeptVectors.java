package dev.hearth.bench.world;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An embedder that keeps every vector in a file, so that a set is embedded once for many evaluations. A text is known by
 * its hash together with the embedder's id; the file holds no text. One process at a time has the file; a record cut off
 * at its end is written anew. Safe for many threads.
 */
public final class KeptVectors implements Embedder {

    private static final int HASH = 16;

    private final Embedder embedder;
    private final RandomAccessFile file;
    private final Map<Hash, List<float[]>> kept = new HashMap<>();

    private record Hash(long high, long low) {}

    private KeptVectors(Embedder embedder, RandomAccessFile file) {
        this.embedder = embedder;
        this.file = file;
    }

    /** Opens or makes the file; the embedder is closed with this. */
    public static KeptVectors open(Embedder embedder, Path file) {
        try {
            KeptVectors opened = new KeptVectors(embedder, new RandomAccessFile(file.toFile(), "rw"));
            opened.load();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("Not readable: " + file, e);
        }
    }

    private void load() throws IOException {
        long whole = 0;
        DataInputStream in =
                new DataInputStream(new BufferedInputStream(Channels.newInputStream(file.getChannel()), 1 << 20));
        try {
            while (true) {
                Hash hash = new Hash(in.readLong(), in.readLong());
                int windows = in.readInt();
                byte[] bytes = new byte[windows * dimension() * Float.BYTES];
                in.readFully(bytes);
                ByteBuffer numbers = ByteBuffer.wrap(bytes);
                List<float[]> vectors = new ArrayList<>(windows);
                for (int w = 0; w < windows; w++) {
                    float[] vector = new float[dimension()];
                    numbers.asFloatBuffer().get(vector);
                    numbers.position(numbers.position() + dimension() * Float.BYTES);
                    vectors.add(vector);
                }
                kept.put(hash, List.copyOf(vectors));
                whole += HASH + Integer.BYTES + bytes.length;
            }
        } catch (EOFException end) {
            file.setLength(whole);
            file.seek(whole);
        }
    }

    @Override
    public String id() {
        return embedder.id();
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public List<List<float[]>> embed(List<String> texts, Deadline deadline) {
        List<Hash> hashes = texts.stream().map(this::hash).toList();
        List<Integer> missing = new ArrayList<>();
        synchronized (kept) {
            for (int i = 0; i < hashes.size(); i++) {
                if (!kept.containsKey(hashes.get(i))) {
                    missing.add(i);
                }
            }
        }
        List<List<float[]>> made =
                embedder.embed(missing.stream().map(texts::get).toList(), deadline);
        synchronized (kept) {
            for (int i = 0; i < made.size(); i++) {
                keep(hashes.get(missing.get(i)), made.get(i));
            }
            return hashes.stream().map(kept::get).map(List::copyOf).toList();
        }
    }

    private void keep(Hash hash, List<float[]> vectors) {
        if (kept.putIfAbsent(hash, vectors) != null) {
            return;
        }
        ByteBuffer record = ByteBuffer.allocate(HASH + Integer.BYTES + vectors.size() * dimension() * Float.BYTES);
        record.putLong(hash.high()).putLong(hash.low()).putInt(vectors.size());
        for (float[] vector : vectors) {
            for (float component : vector) {
                record.putFloat(component);
            }
        }
        try {
            file.write(record.array());
        } catch (IOException e) {
            throw new UncheckedIOException("The file of kept vectors is not writable.", e);
        }
    }

    private Hash hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(id().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
            return new Hash(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public void close() {
        embedder.close();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The file of kept vectors did not close.", e);
        }
    }
}
