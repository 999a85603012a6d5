package dev.hearth.store.local;

import dev.hearth.spi.Erasure;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.ErasureLine;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The erasure ledger as the file {@code keys/erasures.log} of the data folder: a line for each entry, with a checksum,
 * flushed before {@link #append} returns. A last line without its end is what a crash left of an append that never
 * returned; it is cut off when the file is opened. Any other damage is {@link Kind#CORRUPT} at opening: a server that
 * forgot an erasure would serve what was erased. For one process at a time.
 */
public final class FileErasureLedger implements ErasureLedger {

    private final Path file;
    private final List<Erasure> entries;
    private long end;
    private boolean closed;

    private FileErasureLedger(Path file, List<Erasure> entries, long end) {
        this.file = file;
        this.entries = entries;
        this.end = end;
    }

    /** Opens the ledger of a data folder, making it where it is missing. */
    public static FileErasureLedger open(Path dataFolder) {
        Path file = dataFolder.resolve("keys").resolve("erasures.log");
        try {
            DurableFiles.createFolder(DurableFiles.parent(file));
            DurableFiles.publishIfAbsent(file, new byte[0]);
            byte[] bytes = Files.readAllBytes(file);
            int end = endOfLastWholeLine(bytes);
            List<Erasure> entries = parse(new String(bytes, 0, end, StandardCharsets.ISO_8859_1), file);
            if (end < bytes.length) {
                truncate(file, end);
            }
            return new FileErasureLedger(file, entries, end);
        } catch (IOException failed) {
            throw Failures.of(failed, file);
        }
    }

    @Override
    public synchronized void append(Erasure erasure) {
        Failures.admit(closed, "the erasure ledger");
        byte[] line = ErasureLine.format(erasure);
        // At its own place rather than at the file's end: what a failed append left there is overwritten.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            ByteBuffer rest = ByteBuffer.wrap(line);
            while (rest.hasRemaining()) {
                channel.write(rest, end + rest.position());
            }
            channel.force(true);
        } catch (IOException failed) {
            throw Failures.of(failed, file);
        }
        end += line.length;
        entries.add(erasure);
    }

    @Override
    public synchronized List<Erasure> entries() {
        Failures.admit(closed, "the erasure ledger");
        return List.copyOf(entries);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private static int endOfLastWholeLine(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<Erasure> parse(String text, Path file) {
        List<Erasure> entries = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Erasure erasure = ErasureLine.parse(line);
            if (erasure == null) {
                throw new StoreException(
                        Kind.CORRUPT,
                        "Line " + (entries.size() + 1) + " of the erasure ledger " + file
                                + " is damaged, so it is not known what was erased. Restore the file from the keys' "
                                + "backup before this server serves.");
            }
            entries.add(erasure);
        }
        return entries;
    }

    private static void truncate(Path file, long end) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            channel.force(true);
        }
    }
}
