package dev.hearth.store.s3;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server in this process, in memory, on a port of its own choice. */
final class S3Server implements AutoCloseable {

    static final S3Settings.Credentials CREDENTIALS = new S3Settings.Credentials("tester", "a-secret-of-tests");

    private final S3Proxy proxy;
    private final AtomicInteger buckets = new AtomicInteger();

    private S3Server(S3Proxy proxy) {
        this.proxy = proxy;
    }

    /** A server that holds requests to their signatures. */
    static S3Server signed() throws Exception {
        return started(AuthenticationType.AWS_V4);
    }

    /** A server that lets anybody in, and so serves behind another address than the one that was signed. */
    static S3Server unsigned() throws Exception {
        return started(AuthenticationType.NONE);
    }

    private static S3Server started(AuthenticationType type) throws Exception {
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(type, CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey())
                .stopTimeout(0)
                .build();
        proxy.start();
        return new S3Server(proxy);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** A new empty bucket's name. */
    String bucket() {
        String name = "bucket-" + buckets.incrementAndGet();
        try (S3Client client = client()) {
            client.createBucket(create -> create.bucket(name));
        }
        return name;
    }

    S3Client client() {
        return S3Clients.of(settings(address(), "any"));
    }

    static S3Settings settings(@Nullable URI address, String bucket) {
        return new S3Settings(address, "us-east-1", bucket, "hearth/", true, CREDENTIALS);
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }
}
