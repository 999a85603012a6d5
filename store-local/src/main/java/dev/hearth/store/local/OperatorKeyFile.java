package dev.hearth.store.local;

import dev.hearth.spi.OperatorKey;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the operator's key is kept: 32 bytes, in {@code operator.key} or given from outside. Beside it stands
 * {@code operator.check}, a print of the key that reveals nothing of it, so that a wrong key is found at once and a lost
 * one is never replaced by a new one while something is sealed under it.
 */
final class OperatorKeyFile {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorKeyFile.class);

    private OperatorKeyFile() {}

    /** Reads the key of {@code folder}, makes it where there never was one, or takes the one {@code given}. */
    static OperatorKey open(Path folder, byte @Nullable [] given) throws IOException {
        Path file = folder.resolve("operator.key");
        Path check = folder.resolve("operator.check");
        OperatorKey key = new OperatorKey(given == null ? read(folder, check) : given);
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

    /** The key in {@code operator.key} of {@code folder}, made where there never was one. */
    static byte[] read(Path folder, Path check) throws IOException {
        Path file = folder.resolve("operator.key");
        if (!Files.exists(file)) {
            if (Files.exists(check)) {
                throw new StoreException(
                        Kind.UNAVAILABLE,
                        "The operator's key " + file + " is missing, and there are keys wrapped with it. Restore it "
                                + "from its backup, or give the key the way it was given before.");
            }
            byte[] fresh = new byte[OperatorKey.BYTES];
            new SecureRandom().nextBytes(fresh);
            DurableFiles.publishIfAbsent(file, fresh);
        }
        if (DurableFiles.readableByOthers(file)) {
            LOG.warn("Others than its owner may read {}. Take their permissions away: chmod 600.", file);
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != OperatorKey.BYTES) {
            throw new StoreException(
                    Kind.CORRUPT,
                    "The operator's key " + file + " has " + key.length + " bytes instead of " + OperatorKey.BYTES
                            + ". Restore it from its backup.");
        }
        return key;
    }
}
