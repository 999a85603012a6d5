package dev.hearth.spi;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The operator's key, for adapters of {@link Keys}: {@value #BYTES} secret bytes from which every other secret is
 * derived, the same in every adapter. Never printed. Safe for many threads.
 */
public final class OperatorKey {

    public static final int BYTES = 32;
    public static final int PRINT_BYTES = 8;

    private static final byte[] SALT = "dev.hearth/operator/1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;

    /**
     * Copies {@code key}.
     *
     * @throws IllegalArgumentException where it has not {@value #BYTES} bytes
     */
    public OperatorKey(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException(
                    "The operator's key that was given has " + key.length + " bytes instead of " + BYTES + ".");
        }
        this.key = key.clone();
    }

    /** What {@link Keys#derive} answers. */
    public byte[] forPurpose(String purpose) {
        return derive("purpose/" + purpose);
    }

    /** Tells this key from others and reveals nothing of it: {@value #PRINT_BYTES} bytes. */
    public byte[] print() {
        return Arrays.copyOf(derive("print"), PRINT_BYTES);
    }

    /** Overwrites the key: nothing can be derived any more. */
    public void forget() {
        Arrays.fill(key, (byte) 0);
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
}
