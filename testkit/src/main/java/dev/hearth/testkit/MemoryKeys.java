package dev.hearth.testkit;

import dev.hearth.spi.CopyableKeys;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Keys in memory, the same for the same seed and the same order of calls. For tests: whoever knows the seed knows them. */
public final class MemoryKeys implements CopyableKeys {

    private static final int WRAPPED = 2 * Long.BYTES + 32;

    private final long seed;
    private final Map<Partition, PartitionKey> keys;
    private final Map<Partition, Integer> generations;
    private boolean closed;

    public MemoryKeys(long seed) {
        this(seed, new HashMap<>(), new HashMap<>());
    }

    private MemoryKeys(long seed, Map<Partition, PartitionKey> keys, Map<Partition, Integer> generations) {
        this.seed = seed;
        this.keys = keys;
        this.generations = generations;
    }

    /** Closes these keys and opens others on the same storage. */
    public MemoryKeys reopened() {
        close();
        return new MemoryKeys(seed, keys, generations);
    }

    @Override
    public synchronized byte[] derive(String purpose) {
        admit();
        return hash("derive/" + purpose);
    }

    @Override
    public synchronized @Nullable PartitionKey find(Partition partition) {
        admit();
        return keys.get(partition);
    }

    @Override
    public @Nullable PartitionKey findNow(Partition partition) {
        return find(partition);
    }

    @Override
    public synchronized PartitionKey findOrCreate(Partition partition) {
        admit();
        return keys.computeIfAbsent(partition, this::create);
    }

    @Override
    public synchronized boolean destroy(Partition partition) {
        admit();
        return keys.remove(partition) != null;
    }

    @Override
    public synchronized List<Partition> partitions(Deadline deadline) {
        admit();
        return List.copyOf(keys.keySet());
    }

    /** The seed's print, the id, and the key under a mask: enough to tell another seed's, and no secret from anybody. */
    @Override
    public synchronized byte @Nullable [] wrapped(Partition partition) {
        admit();
        PartitionKey key = keys.get(partition);
        return key == null
                ? null
                : ByteBuffer.allocate(WRAPPED)
                        .put(hash("print"), 0, Long.BYTES)
                        .putLong(key.id())
                        .put(masked(partition, key.secret().getEncoded()))
                        .array();
    }

    @Override
    public synchronized boolean putWrapped(Partition partition, byte[] wrapped) {
        admit();
        if (wrapped.length != WRAPPED || !Arrays.equals(wrapped, 0, Long.BYTES, hash("print"), 0, Long.BYTES)) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "The key was wrapped under another seed.");
        }
        byte[] secret = masked(partition, Arrays.copyOfRange(wrapped, 2 * Long.BYTES, WRAPPED));
        long id = ByteBuffer.wrap(wrapped).getLong(Long.BYTES);
        return keys.putIfAbsent(partition, new PartitionKey(id, new SecretKeySpec(secret, "AES"))) == null;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private PartitionKey create(Partition partition) {
        int generation = generations.merge(partition, 1, Integer::sum);
        String name = partition.name() + "/" + generation;
        long id = ByteBuffer.wrap(hash("id/" + name)).getLong() >>> 1 | 1;
        return new PartitionKey(id, new SecretKeySpec(hash("key/" + name), "AES"));
    }

    private byte[] masked(Partition partition, byte[] secret) {
        byte[] mask = hash("mask/" + partition.name());
        for (int i = 0; i < mask.length; i++) {
            mask[i] ^= secret[i];
        }
        return mask;
    }

    private byte[] hash(String of) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((seed + "/" + of).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256.", missing);
        }
    }

    private void admit() {
        if (closed) {
            throw new StoreException(StoreException.Kind.CLOSED, "The keys in memory are closed.");
        }
    }
}
