package dev.hearth.engine.webhook;

import dev.hearth.engine.event.Event;
import dev.hearth.engine.event.EventLog;
import dev.hearth.engine.relationship.Head;
import dev.hearth.engine.relationship.Relationships;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Courier;
import dev.hearth.spi.CourierException;
import dev.hearth.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Tries one delivery: reads the event as it is kept, signs it, sends it, and stores what came of it. */
final class Sender {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int LONGEST_ERROR = 200;

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final EventLog log;
    private final Courier courier;
    private final Clock clock;
    private final RandomGenerator random;

    Sender(
            Webhooks webhooks,
            Deliveries deliveries,
            EventLog log,
            Courier courier,
            Clock clock,
            RandomGenerator random) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.log = log;
        this.courier = courier;
        this.clock = clock;
        this.random = random;
    }

    void send(Webhooks.Signed to, Deliveries.Due due) throws InterruptedException {
        Deliveries.Stored stored = deliveries.find(to.webhook().id(), due.deliveryId());
        if (stored == null || !due.at().equals(stored.delivery().nextAttemptAt())) {
            deliveries.clear(due);
            return;
        }
        Delivery delivery = stored.delivery();
        Head head = log.head(delivery.about().key());
        if (head == null || !isIt(head, delivery)) {
            deliveries.drop(stored);
            return;
        }
        Event event = log.find(delivery.about().key(), head, delivery.about().number());
        if (event == null) {
            Delivery.Attempt none = new Delivery.Attempt(clock.now(), 0, "The event is not kept any more.");
            deliveries.replace(stored, delivery.attempted(none).ended(Delivery.State.DEAD));
            return;
        }
        post(to, stored, event);
    }

    private static boolean isIt(Head head, Delivery delivery) {
        return Relationships.view(delivery.about().key(), head)
                .id()
                .equals(delivery.about().relationship());
    }

    private void post(Webhooks.Signed to, Deliveries.Stored stored, Event event) throws InterruptedException {
        byte[] body = event.json().getBytes(StandardCharsets.UTF_8);
        Instant now = clock.now();
        Map<String, String> headers = Map.of(
                "content-type", "application/json",
                "user-agent", "Hearth",
                "webhook-id", event.id(),
                "webhook-timestamp", Long.toString(now.getEpochSecond()),
                "webhook-signature", Signature.of(to.secret(), event.id(), now, body));
        Courier.Reply reply;
        try {
            reply = courier.post(to.webhook().url(), headers, body, Deadline.after(clock, PATIENCE));
        } catch (CourierException unreached) {
            String why = String.valueOf(unreached.getMessage());
            failed(stored, 0, why.substring(0, Math.min(why.length(), LONGEST_ERROR)), null);
            return;
        }
        int status = reply.status();
        if (status / 100 == 2) {
            Delivery.Attempt attempt = new Delivery.Attempt(clock.now(), status, null);
            deliveries.replace(stored, stored.delivery().attempted(attempt).ended(Delivery.State.DELIVERED));
            return;
        }
        if (status == GONE) {
            webhooks.change(to.webhook().id(), webhook -> webhook.as(Webhook.Status.PAUSED));
        }
        boolean mayAsk = status == TOO_MANY || status == UNAVAILABLE;
        failed(stored, status, "The answer was " + status + ".", mayAsk ? reply.retryAfter() : null);
    }

    private void failed(Deliveries.Stored stored, int status, String error, @Nullable Duration asked) {
        Instant now = clock.now();
        Delivery tried = stored.delivery().attempted(new Delivery.Attempt(now, status, error));
        deliveries.replace(
                stored,
                tried.attempts() >= Backoff.ATTEMPTS
                        ? tried.ended(Delivery.State.DEAD)
                        : tried.pending(now.plus(Backoff.after(tried.attempts(), asked, random))));
    }
}
