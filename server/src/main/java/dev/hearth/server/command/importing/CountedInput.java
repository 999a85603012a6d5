package dev.hearth.server.command.importing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file's bytes without a byte order mark, counted. */
final class CountedInput extends FilterInputStream {

    private static final int BUFFER = 1 << 16;

    private long count;

    private CountedInput(InputStream in) {
        super(in);
    }

    static CountedInput open(Path file) throws IOException {
        InputStream in = new java.io.BufferedInputStream(Files.newInputStream(file), BUFFER);
        in.mark(3);
        byte[] head = in.readNBytes(3);
        boolean marked = head.length == 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF;
        if (!marked) {
            in.reset();
        }
        return new CountedInput(in);
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count += one < 0 ? 0 : 1;
        return one;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        int read = super.read(into, from, most);
        count += Math.max(read, 0);
        return read;
    }
}
