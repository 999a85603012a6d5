package dev.hearth.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.CopyableColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.testkit.CopyableColdStoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

final class S3ColdStoreTest extends CopyableColdStoreContract {

    private static final Partition PARTITION = new Partition("p");
    private static @Nullable S3Server server;

    private @Nullable String bucket;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.signed();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server().close();
    }

    @Override
    protected CopyableColdStore open() {
        return S3ColdStore.open(S3Server.settings(server().address(), bucket()), soon());
    }

    @Test
    void whatOpeningTriedIsNotLeft() {
        assertThat(store.list(Partition.SYSTEM, "", soon())).isEmpty();
    }

    @Test
    void aPartitionIsAFlatFolderUnderThePrefix() {
        store.putIfAbsent(PARTITION, "segments/2026/1", new byte[] {1}, soon());
        try (S3Client client = server().client()) {
            assertThat(client.listObjectsV2(list -> list.bucket(bucket())).contents())
                    .extracting(S3Object::key)
                    .containsExactly("hearth/p/segments!2026!1.o");
        }
    }

    @Test
    void moreThanOnePageIsListedAndDropped() {
        List<String> names =
                IntStream.range(0, 1_234).mapToObj("s/%04d"::formatted).toList();
        try (S3Client client = server().client()) {
            for (String name : names) {
                String key = "hearth/p/" + name.replace('/', '!') + ".o";
                client.putObject(put -> put.bucket(bucket()).key(key), RequestBody.fromBytes(new byte[] {1, 2}));
            }
        }
        store.putIfAbsent(new Partition("p1"), "kept", new byte[] {1}, soon());
        assertThat(store.list(PARTITION, "s/", soon())).isEqualTo(names);
        assertThat(store.drop(PARTITION, soon())).isEqualTo(new Removal(1_234, 2_468));
        assertThat(store.list(PARTITION, "", soon())).isEmpty();
        assertThat(store.list(new Partition("p1"), "", soon())).containsExactly("kept");
    }

    private static S3Server server() {
        return Objects.requireNonNull(server);
    }

    private String bucket() {
        if (bucket == null) {
            bucket = server().bucket();
        }
        return bucket;
    }

    private Deadline soon() {
        return Deadline.after(clock, Duration.ofSeconds(60));
    }
}
