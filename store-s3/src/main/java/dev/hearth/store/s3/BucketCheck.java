package dev.hearth.store.s3;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.util.Arrays;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Tries at opening what the store will need later: list, conditional put, read, delete. */
final class BucketCheck {

    private static final Logger LOG = LoggerFactory.getLogger(BucketCheck.class);
    private static final byte[] CONTENT = {'h', 'e', 'a', 'r', 't', 'h'};

    private final Bucket bucket;
    private final String key;
    private final String where;

    BucketCheck(Bucket bucket, ObjectKeys keys, S3Settings settings) {
        this.bucket = bucket;
        this.key = keys.of(Partition.SYSTEM, "check/" + UUID.randomUUID());
        this.where = settings.where();
    }

    void run(Calls calls, Deadline deadline) {
        calls.call(Operation.LIST, deadline, () -> bucket.list(key));
        boolean put = calls.call(Operation.PUT, deadline, () -> bucket.putIfAbsent(key, CONTENT));
        boolean replaced = calls.call(Operation.PUT, deadline, () -> bucket.putIfAbsent(key, CONTENT));
        byte[] read = calls.call(Operation.READ, deadline, () -> bucket.get(key));
        boolean ignored = calls.call(Operation.DELETE, deadline, () -> bucket.delete(key));
        if (!put || replaced || !Arrays.equals(read, CONTENT)) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    "The server behind " + where + " does not honour If-None-Match on a put, or does not give back "
                            + "what was put. Hearth could lose objects there: use another server or a newer version.");
        }
        calls.call(Operation.LOOK_AT_VERSIONS, deadline, this::warnOfVersions);
    }

    private boolean warnOfVersions() {
        boolean keeps;
        try {
            keeps = bucket.keepsVersions();
        } catch (SdkException unknown) {
            LOG.info("Whether {} keeps versions is not known: the right s3:GetBucketVersioning is missing.", where);
            return false;
        }
        if (keeps) {
            LOG.warn(
                    "Versioning is on for {}: what is erased stays there as an old version. Let old versions expire.",
                    where);
        }
        return keeps;
    }
}
