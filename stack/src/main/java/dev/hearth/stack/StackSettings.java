package dev.hearth.stack;

import dev.hearth.store.dynamodb.DynamoSettings;
import dev.hearth.store.s3.S3Settings;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * What the stack remembers from one start to the next: the ports, so that servers find it again, and the secrets, made
 * once. For one thread.
 */
final class StackSettings {

    static final String TABLE = "hearth";
    static final String KEYS_TABLE = "hearth-keys";
    static final String BUCKET = "hearth";

    private static final String FILE = "settings.properties";
    private static final String REGION = "us-east-1";
    static final String ACCESS_KEY_ID = "hearth";
    private static final int SECRET_BYTES = 20;

    private final StackFolder folder;
    private final Properties kept = new Properties();

    private StackSettings(StackFolder folder) {
        this.folder = folder;
    }

    static StackSettings in(StackFolder folder) {
        StackSettings settings = new StackSettings(folder);
        Path file = folder.own(FILE);
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                settings.kept.load(reader);
            } catch (IOException e) {
                throw new Refused("The file " + file + " cannot be read (" + e + ").", e);
            }
        }
        return settings;
    }

    /** The port of a service, or 0 where it never had one. */
    int port(String service) {
        return Integer.parseInt(kept.getProperty(service + ".port", "0"));
    }

    void port(String service, int port) {
        kept.setProperty(service + ".port", Integer.toString(port));
        save();
    }

    /** The secret of a service, which is made where there is none. */
    String secret(String service) {
        String secret = kept.getProperty(service + ".secret");
        if (secret == null) {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            secret = HexFormat.of().formatHex(random);
            kept.setProperty(service + ".secret", secret);
            save();
        }
        return secret;
    }

    URI address(String service) {
        return URI.create("http://127.0.0.1:" + port(service));
    }

    URI redis() {
        return URI.create("redis://:" + secret(Redis.NAME) + "@127.0.0.1:" + port(Redis.NAME));
    }

    /** DynamoDB local asks for no credentials, and for some that are written as one. */
    DynamoSettings table(String name) {
        return new DynamoSettings(
                address(DynamoDbLocal.NAME),
                REGION,
                name,
                new DynamoSettings.Credentials(ACCESS_KEY_ID, secret(DynamoDbLocal.NAME)));
    }

    S3Settings bucket() {
        return new S3Settings(
                address(S3Proxy.NAME),
                REGION,
                BUCKET,
                "",
                true,
                new S3Settings.Credentials(ACCESS_KEY_ID, secret(S3Proxy.NAME)));
    }

    private void save() {
        StringWriter text = new StringWriter();
        try {
            kept.store(text, "Of hearth stack up");
        } catch (IOException e) {
            throw new IllegalStateException("A string takes everything.", e);
        }
        folder.write(folder.own(FILE), text.toString());
    }
}
