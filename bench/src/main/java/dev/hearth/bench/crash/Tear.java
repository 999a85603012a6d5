package dev.hearth.bench.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;

/** Ways in which the end of a file can be wrong. */
enum Tear {
    /** A write that was under way when the power went: bytes after the last flushed one that make no sense. */
    GARBAGE_AFTER_END("garbage after its end"),
    /** The same, with the beginning of what is the end of the file now: a repeated record, cut off. */
    HALF_REPEATED("its last piece again, cut off"),
    /** A line of text that was being written. */
    HALF_LINE("half a line after its end"),
    /** Flushed bytes that the disk did not keep: not a crash, damage. */
    CUT("cut off"),
    /** Flushed bytes that are others now: damage. */
    OVERWRITTEN("its last bytes overwritten");

    private static final int MOST = 4_096;

    private final String words;

    Tear(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    void apply(Path file, Random random) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            int length = 1 + random.nextInt(MOST);
            switch (this) {
                case GARBAGE_AFTER_END -> channel.write(noise(length, random), size);
                case HALF_REPEATED -> channel.write(ByteBuffer.wrap(end(file, length)), size);
                case HALF_LINE -> channel.write(letters(1 + random.nextInt(60), random), size);
                case CUT -> channel.truncate(size == 0 ? 0 : random.nextLong(size));
                case OVERWRITTEN -> {
                    int bytes = (int) Math.min(size, 512);
                    channel.write(noise(bytes, random), size - bytes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer noise(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static ByteBuffer letters(int length, Random random) {
        return ByteBuffer.wrap(random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** The first {@code length} bytes of the file's last 4,120: one frame of SQLite's log. */
    private static byte[] end(Path file, int length) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int from = Math.max(0, bytes.length - 4_120);
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
    }
}
