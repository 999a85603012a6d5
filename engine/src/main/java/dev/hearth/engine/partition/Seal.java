package dev.hearth.engine.partition;

import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals one value: AES-256-GCM (NIST SP 800-38D) with the partition's key and a random 96-bit nonce, bound to the
 * partition, the key name and the revision it is stored under, so that a value moved to another place does not open.
 * That a whole row was put back as it was earlier is not detected. Layout: format (1 byte), key id (8), nonce (12), ciphertext with a 128-bit tag.
 */
final class Seal {

    private static final byte FORMAT = 1;
    private static final int NONCE = 12;
    private static final int HEADER = 1 + Long.BYTES + NONCE;
    private static final int TAG = 16;

    /** How many bytes a sealed value is longer than the plain one. */
    static final int OVERHEAD = HEADER + TAG;

    private Seal() {}

    static byte[] seal(
            PartitionKey key, Partition partition, String name, long revision, byte[] plain, RandomGenerator random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        ByteBuffer out = ByteBuffer.allocate(plain.length + OVERHEAD);
        out.put(FORMAT).putLong(key.id()).put(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, partition, name, revision);
            cipher.doFinal(ByteBuffer.wrap(plain), out);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot seal with AES-256-GCM.", e);
        }
        return out.array();
    }

    static byte[] open(PartitionKey key, Partition partition, String name, long revision, byte[] sealed) {
        if (sealed.length < OVERHEAD || sealed[0] != FORMAT) {
            throw damaged(partition, name, "it is not a sealed value", null);
        }
        if (keyId(sealed) != key.id()) {
            throw damaged(partition, name, "it was sealed with another key than the user's present one", null);
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(sealed, 1 + Long.BYTES, nonce, 0, NONCE);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, partition, name, revision);
            return cipher.doFinal(sealed, HEADER, sealed.length - HEADER);
        } catch (GeneralSecurityException e) {
            throw damaged(partition, name, "its seal is broken", e);
        }
    }

    /** The id of the key that sealed it, 0 where it is no sealed value. */
    static long keyId(byte[] sealed) {
        return sealed.length < HEADER
                ? 0
                : ByteBuffer.wrap(sealed, 1, Long.BYTES).getLong();
    }

    private static Cipher cipher(
            int mode, PartitionKey key, byte[] nonce, Partition partition, String name, long revision)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG * 8, nonce));
        cipher.updateAAD((partition.name() + '\0' + name + '\0' + revision).getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private static StoreException damaged(
            Partition partition, String name, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new StoreException(
                StoreException.Kind.CORRUPT,
                "The record " + name + " of partition " + partition + " cannot be read: " + why
                        + ". Restore this partition from a backup.",
                cause);
    }
}
