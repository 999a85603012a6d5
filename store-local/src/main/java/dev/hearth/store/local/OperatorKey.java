package dev.hearth.store.local;

import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's key: 32 bytes, in {@code operator.key} or given from outside. Beside it stands {@code operator.check},
 * a print of the key that reveals nothing of it, so that a wrong key is found at once and a lost one is never
 * replaced by a new one while something is sealed under it.
 */
final class OperatorKey {

    static final int BYTES = 32;
    static final int PRINT_BYTES = 8;

    private static final Logger LOG = LoggerFactory.getLogger(OperatorKey.class);
    private static final byte[] SALT = "dev.hearth/operator/1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;

    private OperatorKey(byte[] key) {
        this.key = key;
    }

    /** Reads the key of {@code folder}, makes it where there never was one, or takes the one {@code given}. */
    static OperatorKey open(Path folder, byte @Nullable [] given) throws IOException {
        Path file = folder.resolve("operator.key");
        Path check = folder.resolve("operator.check");
        OperatorKey key = new OperatorKey(given == null ? read(file, check) : checked(given));
        byte[] print = key.print();
        boolean first = DurableFiles.publishIfAbsent(check, print);
        if (!first && !MessageDigest.isEqual(Files.readAllBytes(check), print)) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    "The operator's key " + (given == null ? "in " + file : "that was given")
                            + " is not the one that the keys in " + folder + " were wrapped with (" + check
                            + " remembers). Use the key this data folder was made with; no data can be read with "
                            + "another.");
        }
        return key;
    }

    /** 32 bytes that only the holder of the key can compute, others for each {@code info} (HKDF-SHA256, RFC 5869). */
    byte[] derive(String info) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(key)
                            .addSalt(SALT)
                            .thenExpand(info.getBytes(StandardCharsets.UTF_8), BYTES));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This JDK has no HKDF-SHA256; JDK 25 has.", missing);
        }
    }

    /** Tells this key from others. */
    byte[] print() {
        return Arrays.copyOf(derive("print"), PRINT_BYTES);
    }

    void forget() {
        Arrays.fill(key, (byte) 0);
    }

    private static byte[] read(Path file, Path check) throws IOException {
        if (!Files.exists(file)) {
            if (Files.exists(check)) {
                throw new StoreException(
                        Kind.UNAVAILABLE,
                        "The operator's key " + file + " is missing, and there are keys wrapped with it. Restore it "
                                + "from its backup, or give the key the way it was given before.");
            }
            byte[] fresh = new byte[BYTES];
            new SecureRandom().nextBytes(fresh);
            DurableFiles.publishIfAbsent(file, fresh);
        }
        if (DurableFiles.readableByOthers(file)) {
            LOG.warn("Others than its owner may read {}. Take their permissions away: chmod 600.", file);
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != BYTES) {
            throw new StoreException(
                    Kind.CORRUPT,
                    "The operator's key " + file + " has " + key.length + " bytes instead of " + BYTES
                            + ". Restore it from its backup.");
        }
        return key;
    }

    private static byte[] checked(byte[] given) {
        if (given.length != BYTES) {
            throw new IllegalArgumentException(
                    "The operator's key that was given has " + given.length + " bytes instead of " + BYTES + ".");
        }
        return given.clone();
    }
}
