package dev.hearth.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, read whole and bounded. */
final class Body {

    /** What is read on and thrown away of a body that is too large, so that its sender sees the answer and no reset. */
    private static final long DRAIN_LIMIT = 64L << 20;

    private Body() {}

    static byte[] read(HttpServletRequest request, int limit) throws IOException {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Refusal.invalid("Content-Encoding", "Compressed bodies are not taken. Send the body as it is.");
        }
        InputStream in = request.getInputStream();
        if (request.getContentLengthLong() <= limit) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length <= limit) {
                return bytes;
            }
        }
        byte[] sink = new byte[64 * 1024];
        long drained = 0;
        int read;
        while (drained < DRAIN_LIMIT && (read = in.read(sink)) >= 0) {
            drained += read;
        }
        throw Refusal.tooLarge(
                null, "The body is over " + limit + " bytes, the most that is taken here. Send it in smaller parts.");
    }
}
