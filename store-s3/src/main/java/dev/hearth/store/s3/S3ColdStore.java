package dev.hearth.store.s3;

import dev.hearth.spi.CopyableColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Cold objects in a bucket of S3, or of a server that speaks its protocol and honours {@code If-None-Match}.
 *
 * <p>A call is one request; a put that is refused makes two, and for each thousand objects a list makes one and a
 * drop two. What may pass (5xx, a
 * slow-down, a lost connection, a body cut short) is tried up to three times more, with jitter, within the call's
 * deadline; after that it is {@code UNAVAILABLE}. An object that arrives whole and does not match its checksum is
 * {@code CORRUPT}. Objects are held whole in memory and put in one piece: keep them
 * below a hundred megabytes. The bucket must not keep old versions for long (see the package).
 */
public final class S3ColdStore implements CopyableColdStore {

    private final S3Client client;
    private final Bucket bucket;
    private final ObjectKeys keys;
    private final Calls calls;

    private S3ColdStore(S3Settings settings) {
        Failures failures = new Failures(settings);
        this.client = S3Clients.of(settings);
        this.bucket = new Bucket(client, settings.bucket(), failures);
        this.keys = new ObjectKeys(settings.prefix());
        this.calls = new Calls(failures);
    }

    /**
     * Opens the store after having listed, put, read and deleted an object of the system's partition (some seven
     * requests), so that a
     * wrong address, bucket, region, credential or right is told now and in plain words.
     *
     * @throws dev.hearth.spi.StoreException where the bucket cannot be used
     */
    public static S3ColdStore open(S3Settings settings, Deadline deadline) {
        S3ColdStore store = new S3ColdStore(settings);
        try {
            new BucketCheck(store.bucket, store.keys, settings).run(store.calls, deadline);
            return store;
        } catch (RuntimeException unusable) {
            store.close();
            throw unusable;
        }
    }

    @Override
    public boolean putIfAbsent(Partition partition, String name, byte[] bytes, Deadline deadline) {
        String key = keys.of(partition, name);
        return calls.call(Operation.PUT, deadline, () -> bucket.putIfAbsent(key, bytes));
    }

    @Override
    public byte @Nullable [] get(Partition partition, String name, Deadline deadline) {
        String key = keys.of(partition, name);
        return calls.<byte @Nullable []>call(Operation.READ, deadline, () -> bucket.get(key));
    }

    @Override
    public List<String> list(Partition partition, String prefix, Deadline deadline) {
        String beginning = keys.beginning(partition, prefix);
        return calls.call(Operation.LIST, deadline, () -> bucket.list(beginning)).stream()
                .filter(ObjectKeys::isObject)
                .map(key -> keys.name(partition, key))
                .sorted()
                .toList();
    }

    @Override
    public List<Partition> partitions(Deadline deadline) {
        return keys.partitions(calls.call(Operation.LIST, deadline, () -> bucket.folders(keys.root())));
    }

    @Override
    public void delete(Partition partition, String name, Deadline deadline) {
        String key = keys.of(partition, name);
        boolean ignored = calls.call(Operation.DELETE, deadline, () -> bucket.delete(key));
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        String folder = keys.folder(partition);
        return calls.call(Operation.DROP, deadline, () -> bucket.deleteAll(folder));
    }

    @Override
    public void close() {
        calls.close();
        client.close();
    }
}
