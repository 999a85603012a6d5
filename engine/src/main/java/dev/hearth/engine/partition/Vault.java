package dev.hearth.engine.partition;

import dev.hearth.engine.problem.Problem;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Keys;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.Range;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The warm store behind its seal: what goes in is sealed with the partition's key, what comes out was opened with it.
 * Nothing of the engine writes to a store by another way.
 *
 * <p>A partition without a key reads as empty and cannot be written, except by {@link #found}. While a partition is
 * erased ({@link #exclusively}) its writes wait, and afterwards find no key: a turn that outlives an erasure cannot
 * bring anything back. Safe for many threads.
 */
public final class Vault {

    private static final int GATES = 256;

    private final WarmStore warm;
    private final Keys keys;
    private final RandomGenerator random;
    private final ReentrantReadWriteLock[] gates = new ReentrantReadWriteLock[GATES];

    public Vault(WarmStore warm, Keys keys, RandomGenerator random) {
        this.warm = warm;
        this.keys = keys;
        this.random = random;
        for (int i = 0; i < GATES; i++) {
            gates[i] = new ReentrantReadWriteLock();
        }
    }

    /** Whether no other process can write while this one runs. */
    public boolean exclusive() {
        return warm.exclusive();
    }

    public @Nullable Entry get(Partition partition, String key, Deadline deadline) {
        PartitionKey secret = keys.find(partition);
        if (secret == null) {
            return null;
        }
        Item item = warm.get(partition, key, deadline);
        return item == null ? null : open(secret, partition, item);
    }

    public List<Entry> range(Partition partition, Range range, Deadline deadline) {
        PartitionKey secret = keys.find(partition);
        if (secret == null) {
            return List.of();
        }
        List<Item> items = warm.range(partition, range, deadline);
        List<Entry> entries = new ArrayList<>(items.size());
        for (Item item : items) {
            entries.add(open(secret, partition, item));
        }
        return entries;
    }

    /** Writes to a partition that has a key. */
    public WriteOutcome write(Partition partition, Batch batch, Deadline deadline) {
        return gated(partition, () -> {
            PartitionKey secret = keys.find(partition);
            if (secret == null) {
                throw Problem.notFound("This user does not exist (any more): nothing was stored.");
            }
            return warm.write(partition, seal(secret, partition, batch), deadline);
        });
    }

    /** Writes to a partition and gives it a key first where it has none. */
    public WriteOutcome found(Partition partition, Batch batch, Deadline deadline) {
        return gated(
                partition, () -> warm.write(partition, seal(keys.findOrCreate(partition), partition, batch), deadline));
    }

    /** Runs {@code work} while nothing writes to the partition. */
    public <T> T exclusively(Partition partition, Supplier<T> work) {
        var lock = gate(partition).writeLock();
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private <T> T gated(Partition partition, Supplier<T> work) {
        var lock = gate(partition).readLock();
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private ReentrantReadWriteLock gate(Partition partition) {
        return gates[Math.floorMod(partition.hashCode(), GATES)];
    }

    /** Seals a value that is kept outside the warm store, as in a token handed to a client. */
    public byte[] seal(Partition partition, String name, byte[] plain) {
        PartitionKey secret = keys.find(partition);
        if (secret == null) {
            throw Problem.notFound("This user does not exist (any more).");
        }
        return Seal.seal(secret, partition, name, 0, plain, random);
    }

    /** Opens what {@link #seal(Partition, String, byte[])} sealed; a store exception where it does not fit. */
    public byte @Nullable [] open(Partition partition, String name, byte[] sealed) {
        PartitionKey secret = keys.find(partition);
        return secret == null ? null : Seal.open(secret, partition, name, 0, sealed);
    }

    private Write seal(PartitionKey secret, Partition partition, Batch batch) {
        List<Write.Operation> sealed = new ArrayList<>(batch.plain.size());
        for (Write.Operation operation : batch.plain) {
            sealed.add(
                    switch (operation) {
                        case Write.Operation.Put put ->
                            new Write.Operation.Put(
                                    put.key(),
                                    put.revision(),
                                    Seal.seal(secret, partition, put.key(), put.revision(), put.value(), random),
                                    put.expiresAt());
                        case Write.Operation.Delete delete -> delete;
                    });
        }
        return new Write(batch.conditions, sealed);
    }

    private static Entry open(PartitionKey secret, Partition partition, Item item) {
        return new Entry(
                item.key(), item.revision(), Seal.open(secret, partition, item.key(), item.revision(), item.value()));
    }
}
