package dev.hearth.server.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, read whole and bounded. */
final class Body {

    /** What is read on and thrown away of a body that nobody wants, so that its sender sees the answer and no reset. */
    private static final long DRAIN_LIMIT = 64L << 20;

    private static final String TAKEN = "hearth.body.taken";

    private Body() {}

    static byte[] read(HttpServletRequest request, int limit) throws IOException {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Refusal.invalid("Content-Encoding", "Compressed bodies are not taken. Send the body as it is.");
        }
        if (request.getContentLengthLong() <= limit) {
            byte[] bytes = bytes(request.getInputStream(), limit);
            if (bytes.length <= limit) {
                request.setAttribute(TAKEN, true);
                return bytes;
            }
        }
        throw Refusal.tooLarge(
                null, "The body is over " + limit + " bytes, the most that is taken here. Send it in smaller parts.");
    }

    private static byte[] bytes(InputStream in, int limit) {
        try {
            return in.readNBytes(limit + 1);
        } catch (IOException broken) {
            throw Refusal.invalid(
                    null, "The body could not be read to its end: it broke off, or is not what its headers say.");
        }
    }

    /**
     * Reads on what is left of the body; where too much is left, the answer says that the connection will be closed. To be
     * called before anything of the answer is written. A server that answers earlier must close the connection, for the
     * next request begins behind the body (RFC 9112, 9.3 and 9.6), and a client that is still sending then may find it
     * closed before it has read the answer.
     */
    static void finish(Context context) {
        if (!isRead(context.req())) {
            context.header("Connection", "close");
        }
    }

    private static boolean isRead(HttpServletRequest request) {
        if (request.getAttribute(TAKEN) != null) {
            return true;
        }
        // Who waits for leave to send the body shall not send it for nothing; to ask for the stream gives leave.
        if (request.getHeader("Expect") != null || request.getContentLengthLong() > DRAIN_LIMIT) {
            return false;
        }
        try {
            InputStream in = request.getInputStream();
            byte[] sink = new byte[16 * 1024];
            long drained = 0;
            for (int read = in.read(sink); read >= 0; read = in.read(sink)) {
                drained += read;
                if (drained > DRAIN_LIMIT) {
                    return false;
                }
            }
            return true;
        } catch (IOException broken) {
            // Whoever wanted the body has told so; what comes behind it is no request.
            return false;
        }
    }
}
