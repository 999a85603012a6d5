package dev.hearth.client;

import java.net.URI;
import java.util.random.RandomGenerator;

/**
 * Hearth's native API. Safe for many threads; calls block, each up to its deadline. Closing it ends what is under way.
 *
 * <p>Every method throws {@link HearthException} where the server refuses, and {@link HearthUnreachable} where there is no
 * answer. What does the same however often it arrives is sent again by itself: reading, replacing, searching, importing,
 * recording, and a turn, which goes under an idempotency key. What does not is sent again only where no connection was
 * made.
 */
public final class HearthClient implements AutoCloseable {

    private final Transport transport;

    private HearthClient(Transport transport) {
        this.transport = transport;
    }

    /**
     * A client; sends nothing yet.
     *
     * @param server as in {@code http://127.0.0.1:8080}; a path stands before the API's
     * @param key the bearer key
     */
    public static HearthClient connect(URI server, String key) {
        return connect(server, key, Options.DEFAULTS);
    }

    public static HearthClient connect(URI server, String key, Options options) {
        return connect(server, key, options, Pause.SLEEP, RandomGenerator.getDefault());
    }

    static HearthClient connect(URI server, String key, Options options, Pause pause, RandomGenerator random) {
        return new HearthClient(new Transport(server, key, options, new Attempts(options, pause, random)));
    }

    public Companions companions() {
        return new Companions(transport);
    }

    public Users users() {
        return new Users(transport);
    }

    /** The relationship of a companion and a user, by their names; {@link RelationshipClient#ensure} makes it. */
    public RelationshipClient relationship(String companion, String user) {
        return RelationshipClient.named(transport, companion, user);
    }

    /** A relationship by its id {@code rel_...}. */
    public RelationshipClient relationship(String id) {
        return RelationshipClient.of(transport, id);
    }

    public Memories memories() {
        return new Memories(transport);
    }

    public Turns turns() {
        return new Turns(transport);
    }

    public Webhooks webhooks() {
        return new Webhooks(transport);
    }

    public ApiKeys keys() {
        return new ApiKeys(transport);
    }

    /** Everything about a user, line by line; its owner closes it. */
    public ExportStream export(String externalId) {
        return new ExportStream(transport.open(Call.of("GET", "/v1/users/" + Call.segment(externalId) + "/export")
                .working()));
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public String toString() {
        return "HearthClient[" + transport + "]";
    }
}
