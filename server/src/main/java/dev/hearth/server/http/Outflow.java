package dev.hearth.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** An answer on its way, piece by piece. Every write tells by an exception when the client has left. */
public final class Outflow {

    private final OutputStream out;

    Outflow(OutputStream out) {
        this.out = out;
    }

    /** Hands the text to the connection; it may wait for more of it. */
    public void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends what was written. */
    public void flush() throws IOException {
        out.flush();
    }
}
