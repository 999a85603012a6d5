package dev.hearth.stack.faults;

import dev.hearth.store.dynamodb.DynamoSettings;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every byte of every store: items of both tables, keys and values of Redis, files of the S3 server and what is beside them. */
final class Scan {

    private final Map<String, byte[]> everything = new TreeMap<>();

    private Scan() {}

    static Scan of(RealHouse house) {
        Scan scan = new Scan();
        try (DynamoDbClient client = client(house.direct(house.table()))) {
            scan.table(client, house.table(), "warm");
            scan.table(client, house.keysTable(), "keys");
        }
        house.servers.redis().ask(commands -> scan.redis(commands));
        scan.files(house.servers.objects().resolve(house.name));
        return scan;
    }

    static DynamoDbClient client(DynamoSettings settings) {
        return DynamoDbClient.builder()
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("anyone", "anything")))
                .build();
    }

    /** How many things there are in a store. */
    long count(String store) {
        return everything.keySet().stream()
                .filter(place -> place.startsWith(store + " "))
                .count();
    }

    /** Where any of these stands, in names or in bytes. */
    List<String> places(List<byte[]> wanted) {
        List<String> found = new ArrayList<>();
        everything.forEach((place, bytes) -> {
            for (byte[] each : wanted) {
                if (contains(bytes, each)) {
                    found.add(place);
                    return;
                }
            }
        });
        return found;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static boolean contains(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            int same = 0;
            while (same < wanted.length && bytes[i + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private void table(DynamoDbClient client, String table, String store) {
        client.scanPaginator(request -> request.tableName(table).consistentRead(true))
                .items()
                .forEach(item -> {
                    ByteArrayOutputStream all = new ByteArrayOutputStream();
                    new TreeMap<>(item).forEach((name, value) -> {
                        all.writeBytes(bytes(name + "="));
                        all.writeBytes(value(value));
                        all.write(0);
                    });
                    String place = store + " " + text(item.get("p")) + " " + text(item.get("k"));
                    everything.put(place, all.toByteArray());
                });
    }

    private static String text(@Nullable AttributeValue value) {
        return value == null || value.s() == null ? "?" : value.s();
    }

    private static byte[] value(AttributeValue value) {
        if (value.b() != null) {
            return value.b().asByteArray();
        }
        return bytes(value.s() == null ? value.toString() : value.s());
    }

    private boolean redis(RedisCommands<byte[], byte[]> commands) {
        ScanCursor from = ScanCursor.INITIAL;
        KeyScanCursor<byte[]> page;
        do {
            page = commands.scan(from);
            for (byte[] key : page.getKeys()) {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                all.writeBytes(key);
                all.write(0);
                if (commands.type(key).equals("zset")) {
                    commands.zrange(key, 0, -1).forEach(all::writeBytes);
                } else {
                    byte[] value = commands.get(key);
                    all.writeBytes(value == null ? new byte[0] : value);
                }
                everything.put("hot " + new String(key, StandardCharsets.ISO_8859_1), all.toByteArray());
            }
            from = page;
        } while (!page.isFinished());
        return true;
    }

    private void files(Path folder) {
        try (Stream<Path> walked = Files.walk(folder)) {
            for (Path path : walked.filter(file -> !file.equals(folder)).toList()) {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                all.writeBytes(bytes(folder.relativize(path).toString()));
                all.write(0);
                if (Files.isRegularFile(path)) {
                    all.writeBytes(Files.readAllBytes(path));
                }
                UserDefinedFileAttributeView beside =
                        Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
                for (String name : beside == null ? List.<String>of() : beside.list()) {
                    ByteBuffer value = ByteBuffer.allocate(beside.size(name));
                    int ignored = beside.read(name, value);
                    all.writeBytes(bytes(name));
                    all.writeBytes(value.array());
                }
                everything.put("cold " + folder.relativize(path), all.toByteArray());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
