package dev.hearth.client.data;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to change of a webhook; null leaves it. */
public record WebhookChange(
        @Nullable URI url,
        @Nullable List<String> events,
        @Nullable String description,
        @Nullable WebhookStatus status) {
    public WebhookChange {
        events = events == null ? null : List.copyOf(events);
    }

    /** Active or paused, and nothing else. */
    public static WebhookChange of(WebhookStatus status) {
        return new WebhookChange(null, null, null, status);
    }
}
