package dev.hearth.server.api;

import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header that names a turn. */
public final class IdempotencyKeys {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKeys() {}

    /** The request's key; null where it has none. */
    public static @Nullable String of(Exchange exchange) {
        String key = exchange.header(HEADER);
        if (key != null && !KEY.matcher(key).matches()) {
            throw Refusal.invalid(
                    HEADER, "The Idempotency-Key must be 1 to 255 visible ASCII characters, as in a UUID.");
        }
        return key;
    }
}
