package dev.hearth.server.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * The one key that opens everything. Set by the operator, or made once and kept in the data folder, readable by its
 * owner only.
 */
public final class OperatorKey {

    private static final String FILE = "api-key";
    private static final String PREFIX = "hk_";
    private static final int BYTES = 32;
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final String key;
    private final byte[] hash;

    private OperatorKey(String key) {
        this.key = key;
        this.hash = sha256(key);
    }

    public static OperatorKey of(String key) {
        return new OperatorKey(key);
    }

    /** The data folder's key; made if there is none. */
    public static OperatorKey inFolder(Path dataFolder, SecureRandom random) throws IOException {
        Path file = dataFolder.resolve(FILE);
        if (!Files.exists(file)) {
            write(file, PREFIX + base62(random));
        }
        String key = Files.readString(file).strip();
        if (key.isEmpty()) {
            throw new IOException("The file " + file + " is empty; delete it to have a new key made.");
        }
        return new OperatorKey(key);
    }

    private static void write(Path file, String key) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        // Written aside and moved into place: a start that is cut off leaves no half of a key.
        Path aside = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new", ownerOnly);
        try {
            Files.writeString(aside, key + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException e) {
            // Another start was faster; its key counts.
        } catch (UnsupportedOperationException e) {
            Files.move(aside, file);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static String base62(SecureRandom random) {
        StringBuilder text = new StringBuilder();
        // 43 of 62 signs hold 256 bits.
        for (int i = 0; i < (int) Math.ceil(BYTES * 8 / (Math.log(62) / Math.log(2))); i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Whether it is this key; takes the same time whatever the difference. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(hash, sha256(candidate));
    }

    /** The key itself, to be shown once to the operator. */
    public String reveal() {
        return key;
    }

    @Override
    public String toString() {
        return "OperatorKey[...]";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
