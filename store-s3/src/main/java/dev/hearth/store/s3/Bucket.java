package dev.hearth.store.s3;

import dev.hearth.spi.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The bucket's objects by key, in the SDK's words; failures come as the SDK throws them. */
final class Bucket {

    /** S3's own bound for one answer to a list, and for the keys of one multi-delete. */
    private static final int PAGE = 1_000;

    private static final int TAKEN = 412;
    private static final int CONFLICT = 409;

    private final S3Client client;
    private final String name;
    private final Failures failures;

    Bucket(S3Client client, String name, Failures failures) {
        this.client = client;
        this.name = name;
        this.failures = failures;
    }

    boolean putIfAbsent(String key, byte[] bytes) {
        String mark = UUID.randomUUID().toString();
        try {
            client.putObject(
                    put -> put.bucket(name)
                            .key(key)
                            .ifNoneMatch("*")
                            .checksumCRC32C(ObjectBody.header(bytes))
                            .metadata(ObjectBody.metadata(bytes, mark)),
                    RequestBody.fromBytes(bytes));
            return true;
        } catch (AbortedException givenUp) {
            throw givenUp;
        } catch (SdkException unclear) {
            return isOurs(key, mark, unclear);
        }
    }

    /**
     * Whether the object is the one that {@code mark} stands for. Where an attempt's answer was lost, the next one
     * meets its own object and is refused; and the last one may have happened though nobody said so.
     */
    private boolean isOurs(String key, String mark, SdkException unclear) {
        int status = unclear instanceof S3Exception s3 ? s3.statusCode() : 0;
        if (status >= 400 && status < 500 && status != TAKEN && status != CONFLICT) {
            throw unclear;
        }
        HeadObjectResponse found;
        try {
            found = client.headObject(head -> head.bucket(name).key(key));
        } catch (NoSuchKeyException absent) {
            if (status == TAKEN) {
                // It was there when the put was refused and has been deleted since.
                return false;
            }
            throw unclear;
        } catch (SdkException undecided) {
            unclear.addSuppressed(undecided);
            throw unclear;
        }
        return ObjectBody.isMarked(found.metadata(), mark);
    }

    byte @Nullable [] get(String key) {
        try {
            return client.getObject(get -> get.bucket(name).key(key), ObjectBody::fetch)
                    .checked();
        } catch (NoSuchKeyException none) {
            return null;
        }
    }

    /** All keys that begin with {@code beginning}. */
    List<String> list(String beginning) {
        List<String> keys = new ArrayList<>();
        for (ListObjectsV2Response page : pages(beginning)) {
            page.contents().forEach(object -> keys.add(object.key()));
        }
        return keys;
    }

    /** The folders directly below one: what keys begin with up to the next slash, which is included. */
    List<String> folders(String below) {
        List<String> folders = new ArrayList<>();
        for (ListObjectsV2Response page : client.listObjectsV2Paginator(
                list -> list.bucket(name).prefix(below).delimiter("/").maxKeys(PAGE))) {
            page.commonPrefixes().forEach(folder -> folders.add(folder.prefix()));
        }
        return folders;
    }

    /** True, always: what is absent may be deleted. */
    boolean delete(String key) {
        client.deleteObject(delete -> delete.bucket(name).key(key));
        return true;
    }

    Removal deleteAll(String folder) {
        Removal removal = Removal.NOTHING;
        for (ListObjectsV2Response page : pages(folder)) {
            if (!page.contents().isEmpty()) {
                deleteTogether(page.contents());
                removal = removal.plus(new Removal(
                        page.contents().size(),
                        page.contents().stream().mapToLong(S3Object::size).sum()));
            }
        }
        return removal;
    }

    /** Whether the bucket keeps what is deleted from it. */
    boolean keepsVersions() {
        return client.getBucketVersioning(versioning -> versioning.bucket(name)).status()
                == BucketVersioningStatus.ENABLED;
    }

    private Iterable<ListObjectsV2Response> pages(String beginning) {
        return client.listObjectsV2Paginator(
                list -> list.bucket(name).prefix(beginning).maxKeys(PAGE));
    }

    private void deleteTogether(List<S3Object> objects) {
        List<ObjectIdentifier> keys = objects.stream()
                .map(object -> ObjectIdentifier.builder().key(object.key()).build())
                .toList();
        List<S3Error> errors = client.deleteObjects(delete ->
                        delete.bucket(name).delete(batch -> batch.objects(keys).quiet(true)))
                .errors();
        if (!errors.isEmpty()) {
            throw failures.notDeleted(errors.getFirst().code());
        }
    }
}
