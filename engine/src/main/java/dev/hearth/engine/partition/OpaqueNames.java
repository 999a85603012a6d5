package dev.hearth.engine.partition;

import dev.hearth.spi.Keys;
import dev.hearth.spi.Partition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that reveal nothing: HMAC-SHA-256 of the real name under keys derived from the operator's. Without that key a
 * name cannot be guessed back, not even by trying every known id. Safe for many threads.
 */
public final class OpaqueNames {

    private final SecretKeySpec partitionKey;
    private final SecretKeySpec termKey;
    private final String project;

    public OpaqueNames(Keys keys, String project) {
        this.partitionKey = new SecretKeySpec(keys.derive("partition-names"), "HmacSHA256");
        this.termKey = new SecretKeySpec(keys.derive("stored-terms"), "HmacSHA256");
        this.project = project;
    }

    /** The partition of the user with this external id. */
    public Partition partition(String externalId) {
        ByteBuffer mac = ByteBuffer.wrap(mac(partitionKey, project + '\0' + externalId));
        return new Partition(Base32.encode(mac.getLong(), mac.getLong()));
    }

    /** A 26-character stand-in for {@code text} in a key within {@code partition}. */
    public String term(Partition partition, String text) {
        ByteBuffer mac = ByteBuffer.wrap(mac(termKey, partition.name() + '\0' + text));
        return Base32.encode(mac.getLong(), mac.getLong());
    }

    /** A 64-bit stand-in for {@code text} within {@code partition}. */
    public long hash(Partition partition, String text) {
        return ByteBuffer.wrap(mac(termKey, partition.name() + '\1' + text)).getLong();
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HMAC-SHA-256.", e);
        }
    }
}
