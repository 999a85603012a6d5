package dev.hearth.spi;

import dev.hearth.spi.StoreException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A partition's key wrapped by the operator's, for adapters of {@link Keys}, so that all of them wrap the same way:
 * version 1, the print of the operator's key, the key's id, a nonce, and the key sealed with AES-256-GCM under a key
 * derived from the operator's; partition and id are bound to it. Safe for many threads.
 */
public final class WrappedKey {

    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int LENGTH = 1 + OperatorKey.PRINT_BYTES + Long.BYTES + NONCE + OperatorKey.BYTES + TAG;

    private final SecretKey wrapping;
    private final byte[] print;
    private final SecureRandom random = new SecureRandom();

    public WrappedKey(OperatorKey operator) {
        wrapping = new SecretKeySpec(operator.derive("wrap"), "AES");
        print = operator.print();
    }

    /** A new key with a random id that is not 0. */
    public PartitionKey create() {
        byte[] secret = new byte[OperatorKey.BYTES];
        random.nextBytes(secret);
        long id = random.nextLong();
        return new PartitionKey(id == 0 ? 1 : id, new SecretKeySpec(secret, "AES"));
    }

    /** The key as it may be stored. */
    public byte[] wrap(Partition partition, PartitionKey key) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, partition, key.id())
                    .doFinal(key.secret().getEncoded());
            return ByteBuffer.allocate(LENGTH)
                    .put(VERSION)
                    .put(print)
                    .putLong(key.id())
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every JDK has AES-GCM.", missing);
        }
    }

    /**
     * The key out of {@code bytes}.
     *
     * @param where what they were read from, for the operator: "the key" and its name
     * @throws StoreException {@code CORRUPT} where they are damaged, {@code UNAVAILABLE} where another operator's key
     *     wrapped them
     */
    public PartitionKey unwrap(Partition partition, byte[] bytes, String where) {
        if (bytes.length != LENGTH || bytes[0] != VERSION) {
            throw damaged(where, null);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
        byte[] by = new byte[OperatorKey.PRINT_BYTES];
        in.get(by);
        long id = in.getLong();
        byte[] nonce = new byte[NONCE];
        in.get(nonce);
        byte[] sealed = new byte[in.remaining()];
        in.get(sealed);
        try {
            byte[] secret = cipher(Cipher.DECRYPT_MODE, nonce, partition, id).doFinal(sealed);
            PartitionKey key = new PartitionKey(id, new SecretKeySpec(secret, "AES"));
            Arrays.fill(secret, (byte) 0);
            return key;
        } catch (GeneralSecurityException refused) {
            throw MessageDigest.isEqual(by, print) ? damaged(where, refused) : otherOperator(where, refused);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, Partition partition, long id) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, wrapping, new GCMParameterSpec(TAG * 8, nonce));
        byte[] name = partition.name().getBytes(StandardCharsets.US_ASCII);
        cipher.updateAAD(ByteBuffer.allocate(name.length + 1 + Long.BYTES)
                .put(name)
                .put(VERSION)
                .putLong(id)
                .flip());
        return cipher;
    }

    private static StoreException otherOperator(String where, Exception cause) {
        return new StoreException(
                Kind.UNAVAILABLE,
                "The key " + where + " was wrapped with another operator's key, or is damaged. Use the operator's key "
                        + "it was made with, or restore it from the keys' backup.",
                cause);
    }

    private static StoreException damaged(String where, @Nullable Exception cause) {
        return new StoreException(
                Kind.CORRUPT, "The key " + where + " is damaged. Restore it from the keys' backup.", cause);
    }
}
