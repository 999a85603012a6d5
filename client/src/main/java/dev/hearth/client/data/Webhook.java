package dev.hearth.client.data;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook.
 *
 * @param events types, {@code memory.*} or {@code *}
 * @param secret {@code whsec_...}, only in the answer that made it; not in {@link #toString}
 */
public record Webhook(
        String id,
        URI url,
        List<String> events,
        @Nullable String description,
        @Nullable String secret,
        WebhookStatus status,
        Instant createdAt) {
    public Webhook {
        events = List.copyOf(events);
    }

    @Override
    public String toString() {
        return "Webhook[" + id + ", " + url.getHost() + ", " + events + ", " + status + "]";
    }
}
