package dev.hearth.server.command.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file's lines with their numbers. A line that is too long, or no UTF-8, is passed over and told. */
final class BoundedLines implements AutoCloseable {

    private static final int MOST_BYTES = 8 << 20;

    private final CountedInput in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    private long number;

    BoundedLines(Path file) throws IOException {
        this.in = CountedInput.open(file);
    }

    /** A line, or what is wrong with it. */
    record Line(long number, String text, @Nullable Reason trouble) {}

    /** The next line that is not blank; null behind the last. */
    @Nullable
    Line next() throws IOException {
        Line line = read();
        while (line != null && line.trouble == null && line.text.isBlank()) {
            line = read();
        }
        return line;
    }

    private @Nullable Line read() throws IOException {
        bytes.reset();
        boolean tooLong = false;
        int one = in.read();
        if (one < 0) {
            return null;
        }
        number++;
        for (; one >= 0 && one != '\n'; one = in.read()) {
            if (bytes.size() == MOST_BYTES) {
                tooLong = true;
            } else {
                bytes.write(one);
            }
        }
        if (tooLong) {
            return new Line(number, "", Reason.TOO_LONG);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return new Line(number, text, null);
        } catch (CharacterCodingException e) {
            return new Line(number, "", Reason.NOT_UTF8);
        }
    }

    long bytesRead() {
        return in.count();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
