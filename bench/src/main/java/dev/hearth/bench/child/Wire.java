package dev.hearth.bench.child;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection on a plain socket, whose answers are read line by line as they arrive. An HTTP client would
 * measure its own threads and buffers too, and close its connection when it likes. Requests one after the other, each
 * answer read to its end; {@link #close} may come from any thread, everything else from one.
 */
public final class Wire implements AutoCloseable {

    private static final int CONNECT_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private boolean chunked;
    private boolean firstChunk;
    /** The answer ends with its connection. */
    private boolean untilEnd;

    private long left;

    /** @param silence how long an answer may be silent before reading it fails */
    public Wire(URI address, Duration silence) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) silence.toMillis());
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a request with the key that measured servers take. */
    public void send(String method, String path, String accept, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + ServerProcess.KEY
                + "\r\nAccept: " + accept + "\r\nContent-Type: application/json\r\nContent-Length: " + content.length
                + "\r\n\r\n";
        byte[] request = new byte[head.length() + content.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
        System.arraycopy(content, 0, request, head.length(), content.length);
        socket.getOutputStream().write(request);
    }

    /** Reads the answer's head; what it answers is the status. */
    public int status() throws IOException {
        int status = Integer.parseInt(rawLine().split(" ", 3)[1]);
        chunked = false;
        left = Long.MAX_VALUE;
        for (String header = rawLine(); !header.isEmpty(); header = rawLine()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                left = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.endsWith("chunked");
            }
        }
        untilEnd = !chunked && left == Long.MAX_VALUE;
        firstChunk = true;
        if (chunked) {
            left = 0;
        }
        return status;
    }

    /** The next line of the answer's body, null at its end. */
    public @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            next = read();
        }
        return line.toString();
    }

    /** Reads the answer to its end. */
    public void drain() throws IOException {
        int next = read();
        while (next >= 0) {
            next = read();
        }
    }

    private int read() throws IOException {
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        left--;
        return untilEnd ? in.read() : rawByte();
    }

    private boolean nextChunk() throws IOException {
        if (!chunked) {
            return false;
        }
        if (!firstChunk) {
            rawLine();
        }
        firstChunk = false;
        left = Long.parseLong(rawLine(), 16);
        if (left == 0) {
            rawLine();
            chunked = false;
        }
        return left > 0;
    }

    private String rawLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = rawByte(); next != '\n'; next = rawByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private int rawByte() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("The connection ended in the middle of an answer.");
        }
        return next;
    }

    /** Closes the socket at once, whatever is under way. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
