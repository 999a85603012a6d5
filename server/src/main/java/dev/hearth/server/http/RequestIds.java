package dev.hearth.server.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request is called in answers and logs: the client's own id where it sends a decent one. Not a secret. */
final class RequestIds {

    static final String HEADER = "X-Request-Id";

    private static final Pattern DECENT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestIds() {}

    static String of(@Nullable String sent) {
        return sent != null && DECENT.matcher(sent).matches() ? sent : fresh();
    }

    static String fresh() {
        byte[] random = new byte[12];
        ThreadLocalRandom.current().nextBytes(random);
        return "req_" + HexFormat.of().formatHex(random);
    }
}
