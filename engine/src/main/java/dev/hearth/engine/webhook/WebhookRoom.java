package dev.hearth.engine.webhook;

import dev.hearth.engine.event.EventLog;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.relationship.Witness;
import dev.hearth.spi.Courier;
import java.util.random.RandomGenerator;

/** The room, wired; closing it ends its work. */
public final class WebhookRoom implements AutoCloseable {

    private final Webhooks webhooks;
    private final Outbox outbox;
    private final Dispatcher dispatcher;

    private WebhookRoom(Webhooks webhooks, Outbox outbox, Dispatcher dispatcher) {
        this.webhooks = webhooks;
        this.outbox = outbox;
        this.dispatcher = dispatcher;
    }

    public static WebhookRoom open(
            Vault vault, Budgets budgets, RandomGenerator random, EventLog log, Courier courier) {
        Dispatcher.Bell bell = new Dispatcher.Bell();
        Deliveries deliveries = new Deliveries(vault, budgets, random, bell::ring);
        Webhooks webhooks = new Webhooks(vault, budgets, random, deliveries);
        Outbox outbox = new Outbox(vault, budgets, log, webhooks, deliveries, bell::ring);
        Sender sender = new Sender(webhooks, deliveries, log, courier, budgets.clock(), random);
        return new WebhookRoom(
                webhooks, outbox, new Dispatcher(outbox, webhooks, deliveries, sender, budgets.clock(), bell));
    }

    /** Begins to deliver, what an earlier process left first. */
    public void start() {
        dispatcher.start();
    }

    public Webhooks webhooks() {
        return webhooks;
    }

    /** Must be told of every event. */
    public Witness witness() {
        return outbox;
    }

    @Override
    public void close() {
        dispatcher.close();
    }
}
