package dev.hearth.testkit;

import dev.hearth.spi.Keys;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Keys in memory, the same for the same seed and the same order of calls. For tests: whoever knows the seed knows them. */
public final class MemoryKeys implements Keys {

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
    public synchronized void close() {
        closed = true;
    }

    private PartitionKey create(Partition partition) {
        int generation = generations.merge(partition, 1, Integer::sum);
        String name = partition.name() + "/" + generation;
        long id = ByteBuffer.wrap(hash("id/" + name)).getLong() >>> 1 | 1;
        return new PartitionKey(id, new SecretKeySpec(hash("key/" + name), "AES"));
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
