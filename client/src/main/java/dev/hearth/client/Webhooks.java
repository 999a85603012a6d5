package dev.hearth.client;

import dev.hearth.client.data.Delivery;
import dev.hearth.client.data.DeliveryState;
import dev.hearth.client.data.Webhook;
import dev.hearth.client.data.WebhookChange;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Webhooks and what was sent to them. Needs the operator's key. */
public final class Webhooks {

    private static final String ROOT = "/v1/webhooks";

    private final Transport transport;

    Webhooks(Transport transport) {
        this.transport = transport;
    }

    private record NewWebhook(
            URI url, List<String> events, @Nullable String description) {}

    private record Replayed(long replayed) {}

    /**
     * Makes a webhook. The answer alone holds its secret.
     *
     * @param events types, {@code memory.*} or {@code *}
     */
    public Webhook create(URI url, List<String> events, @Nullable String description) {
        return webhook(Call.of("POST", ROOT, new NewWebhook(url, events, description)));
    }

    public Paged<Webhook> list() {
        return new Paged<>(cursor -> Json.page(
                transport
                        .send(Call.of("GET", ROOT + Call.query("cursor", cursor)))
                        .body(),
                Webhook.class));
    }

    public Webhook get(String id) {
        return webhook(Call.of("GET", path(id)));
    }

    public Webhook update(String id, WebhookChange change) {
        return webhook(Call.of("PATCH", path(id), change));
    }

    public void delete(String id) {
        transport.send(Call.of("DELETE", path(id)));
    }

    /** What was sent, or is to be; null for every state. */
    public Paged<Delivery> deliveries(String id, @Nullable DeliveryState state) {
        String wanted = state == null ? null : state.name().toLowerCase(Locale.ROOT);
        return new Paged<>(cursor -> Json.page(
                transport
                        .send(Call.of("GET", path(id) + "/deliveries" + Call.query("state", wanted, "cursor", cursor)))
                        .body(),
                Delivery.class));
    }

    /** Sends one delivery again; answers how many were taken up. */
    public long replay(String id, String deliveryId) {
        return replayed(id, Map.of("delivery_id", deliveryId));
    }

    /** Sends every dead delivery again; answers how many were taken up. */
    public long replayDead(String id) {
        return replayed(id, Map.of("state", "dead"));
    }

    private long replayed(String id, Map<String, String> which) {
        Call call = Call.of("POST", path(id) + "/deliveries:replay", which);
        return Json.read(transport.send(call).body(), Replayed.class).replayed();
    }

    private Webhook webhook(Call call) {
        return Json.read(transport.send(call).body(), Webhook.class);
    }

    private static String path(String id) {
        return ROOT + "/" + Call.segment(id);
    }
}
