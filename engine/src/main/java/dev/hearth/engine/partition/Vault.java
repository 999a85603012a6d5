package dev.hearth.engine.partition;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Failures;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.problem.StoreCall;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Keys;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.Range;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The warm store behind its seal: what goes in is sealed with the partition's key, what comes out was opened with it.
 * Nothing of the engine writes to a store by another way.
 *
 * <p>A partition lives under one key; erased and come back, it lives under another. Every entry says which life it
 * belongs to, and whoever writes on the ground of what it read names that life: {@link #write} refuses any other. So
 * nothing that outlives an erasure, a turn that was speaking say, can write into the life after it. Safe for many
 * threads. Store failures come as {@link Problem}s whose cause is the {@link StoreException}.
 */
public final class Vault {

    /** How many bytes a value is longer in a store than it is here. */
    public static final int OVERHEAD = Seal.OVERHEAD;

    private static final int GATES = 1024;

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

    /** Every partition that has something stored; for work that goes through all of them. */
    public List<Partition> partitions(Deadline deadline) {
        return StoreCall.ask("warm", "partitions", () -> warm.partitions(deadline));
    }

    /** The record at {@code key}, or null where there is none or the partition has no key. */
    public @Nullable Entry get(Partition partition, String key, Deadline deadline) {
        return told(() -> {
            PartitionKey secret = find(partition);
            if (secret == null) {
                return null;
            }
            Item item = StoreCall.<@Nullable Item>ask("warm", "get", () -> warm.get(partition, key, deadline));
            return item == null ? null : open(fitting(secret, partition, List.of(item)), partition, item);
        });
    }

    /** The records at up to 100 keys, in the order of the keys; absent ones are left out. One round trip. */
    public List<Entry> getAll(Partition partition, List<String> keys, Deadline deadline) {
        return whole(tryAll(partition, keys, deadline));
    }

    /** The records of a range; none where the partition has no key. */
    public List<Entry> range(Partition partition, Range range, Deadline deadline) {
        return whole(tryRange(partition, range, deadline));
    }

    /** The same where a damaged record costs no other. */
    public List<Opened> tryAll(Partition partition, List<String> keys, Deadline deadline) {
        return told(() -> {
            PartitionKey secret = find(partition);
            if (secret == null) {
                return List.of();
            }
            return opened(
                    secret, partition, StoreCall.ask("warm", "getAll", () -> warm.getAll(partition, keys, deadline)));
        });
    }

    /** The same where a damaged record costs no other. */
    public List<Opened> tryRange(Partition partition, Range range, Deadline deadline) {
        return told(() -> {
            PartitionKey secret = find(partition);
            if (secret == null) {
                return List.of();
            }
            return opened(
                    secret, partition, StoreCall.ask("warm", "range", () -> warm.range(partition, range, deadline)));
        });
    }

    /** The partition's key; read anew where something was sealed with another, since the user may have come back. */
    private PartitionKey fitting(PartitionKey known, Partition partition, List<Item> items) {
        boolean fits = items.stream().allMatch(item -> Seal.keyId(item.value()) == known.id());
        PartitionKey now = fits ? known : findNow(partition);
        return now == null ? known : now;
    }

    private List<Opened> opened(PartitionKey known, Partition partition, List<Item> items) {
        PartitionKey secret = fitting(known, partition, items);
        List<Opened> opened = new ArrayList<>(items.size());
        for (Item item : items) {
            try {
                opened.add(new Opened.Whole(open(secret, partition, item)));
            } catch (StoreException damage) {
                opened.add(new Opened.Damaged(item.key(), damage));
            }
        }
        return opened;
    }

    private static List<Entry> whole(List<Opened> opened) {
        List<Entry> entries = new ArrayList<>(opened.size());
        for (Opened each : opened) {
            switch (each) {
                case Opened.Whole(Entry entry) -> entries.add(entry);
                case Opened.Damaged(String ignored, StoreException damage) -> throw Failures.problem(damage);
            }
        }
        return entries;
    }

    /** Writes to a partition in the life that what was read belongs to; a problem {@code not_found} in any other. */
    public WriteOutcome write(Partition partition, long life, Batch batch, Deadline deadline) {
        return gated(gate(partition).readLock(), deadline, () -> {
            PartitionKey secret = of(partition, life);
            if (secret == null) {
                throw Problem.notFound("This user was erased meanwhile: nothing was stored.");
            }
            return write(partition, secret, batch, deadline);
        });
    }

    /** The first write to a partition: gives it a key where it has none. Its conditions say that nothing is there. */
    public WriteOutcome found(Partition partition, Batch batch, Deadline deadline) {
        return gated(
                gate(partition).readLock(),
                deadline,
                () -> write(
                        partition,
                        StoreCall.ask("keys", "findOrCreate", () -> keys.findOrCreate(partition)),
                        batch,
                        deadline));
    }

    private WriteOutcome write(Partition partition, PartitionKey secret, Batch batch, Deadline deadline) {
        Write sealed = seal(secret, partition, batch);
        return StoreCall.ask("warm", "write", () -> warm.write(partition, sealed, deadline));
    }

    /**
     * Runs {@code work} while no erasure here holds the partition, in the life that it belongs to; a problem
     * {@code not_found} in any other.
     */
    public <T> T during(Partition partition, long life, Deadline deadline, Supplier<T> work) {
        return gated(gate(partition).readLock(), deadline, () -> {
            PartitionKey secret = of(partition, life);
            if (secret == null) {
                throw Problem.notFound("This user was erased meanwhile: nothing was stored.");
            }
            return work.get();
        });
    }

    /** Runs {@code work} while no erasure here holds the partition; a problem {@code not_found} where it has no key. */
    public <T> T present(Partition partition, Deadline deadline, Supplier<T> work) {
        return gated(gate(partition).readLock(), deadline, () -> {
            if (find(partition) == null) {
                throw Problem.notFound("This user was erased meanwhile.");
            }
            return work.get();
        });
    }

    /** Whether the partition is in this life still, as the keys are stored now. */
    public boolean lives(Partition partition, long life) {
        return told(() -> {
            PartitionKey now = findNow(partition);
            return now != null && now.id() == life;
        });
    }

    /** Runs {@code work} while nothing writes to the partition. */
    public <T> T exclusively(Partition partition, Deadline deadline, Supplier<T> work) {
        return gated(gate(partition).writeLock(), deadline, work);
    }

    private @Nullable PartitionKey find(Partition partition) {
        return StoreCall.<@Nullable PartitionKey>ask("keys", "find", () -> keys.find(partition));
    }

    private @Nullable PartitionKey findNow(Partition partition) {
        return StoreCall.<@Nullable PartitionKey>ask("keys", "findNow", () -> keys.findNow(partition));
    }

    /** The key of this life of the partition; null where it has ended. */
    private @Nullable PartitionKey of(Partition partition, long life) {
        PartitionKey known = find(partition);
        PartitionKey secret = known != null && known.id() == life ? known : findNow(partition);
        return secret == null || secret.id() != life ? null : secret;
    }

    private static <T> T gated(Lock lock, Deadline deadline, Supplier<T> work) {
        return told(() -> {
            try {
                if (!lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                    throw new StoreException(
                            StoreException.Kind.DEADLINE, "An erasure holds the partition; nothing was written.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Problem(Code.OVERLOADED, "The call was interrupted; nothing was stored.", e);
            }
            try {
                return work.get();
            } finally {
                lock.unlock();
            }
        });
    }

    private static <T extends @Nullable Object> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException failure) {
            throw Failures.problem(failure);
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

    /**
     * Opens what {@link #seal(Partition, String, byte[])} sealed.
     *
     * @throws StoreException where it does not fit
     */
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
        byte[] plain = Seal.open(secret, partition, item.key(), item.revision(), item.value());
        return new Entry(item.key(), item.revision(), plain, secret.id());
    }
}
