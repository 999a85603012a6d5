package dev.hearth.client;

import dev.hearth.client.data.Context;
import dev.hearth.client.data.Emotion;
import dev.hearth.client.data.ImportResult;
import dev.hearth.client.data.ImportedMessage;
import dev.hearth.client.data.Memory;
import dev.hearth.client.data.MemoryFilter;
import dev.hearth.client.data.Message;
import dev.hearth.client.data.NewMessage;
import dev.hearth.client.data.Relationship;
import dev.hearth.client.data.SearchRequest;
import dev.hearth.client.data.SearchResult;
import dev.hearth.client.data.Statement;
import dev.hearth.client.data.Storage;
import dev.hearth.client.data.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One relationship of a user and a companion: turns, history and memories. */
public final class RelationshipClient {

    /** In which order messages are listed. */
    public enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    private final Transport transport;
    private final String path;
    private final @Nullable String ensurePath;

    private RelationshipClient(Transport transport, String rid, @Nullable String ensurePath) {
        this.transport = transport;
        this.path = "/v1/relationships/" + rid;
        this.ensurePath = ensurePath;
    }

    static RelationshipClient named(Transport transport, String companion, String user) {
        String slug = Call.segment(companion);
        String externalId = Call.segment(user);
        return new RelationshipClient(
                transport, slug + ":" + externalId, "/v1/companions/" + slug + "/users/" + externalId);
    }

    static RelationshipClient of(Transport transport, String id) {
        return new RelationshipClient(transport, Call.segment(id), null);
    }

    /**
     * Makes the user and the relationship where they are missing.
     *
     * @throws IllegalStateException where the relationship was named by its id, and so exists or never will
     */
    public Relationship ensure() {
        if (ensurePath == null) {
            throw new IllegalStateException(
                    "A relationship is made by its companion and its user: relationship(companion, user).ensure().");
        }
        return Json.read(transport.send(Call.of("PUT", ensurePath)).body(), Relationship.class);
    }

    public Relationship get() {
        return Json.read(transport.send(Call.of("GET", path)).body(), Relationship.class);
    }

    /** Deletes the relationship with everything in it. The user and their other relationships stay. */
    public void delete() {
        transport.send(Call.of("DELETE", path).working());
    }

    /** Takes a turn. What is answered is durable. */
    public Turn send(String text) {
        return send(NewMessage.of(text));
    }

    public Turn send(NewMessage message) {
        return turn(message(message, key(message)));
    }

    /** Takes a turn and hands on what happens, as it happens; its owner closes it, which ends the turn. */
    public TurnStream stream(String text) {
        return stream(NewMessage.of(text));
    }

    public TurnStream stream(NewMessage message) {
        String key = key(message);
        return new TurnStream(transport.open(message(message, key).with("Accept", "text/event-stream")), key);
    }

    /**
     * Takes a turn and hands on the pieces of the reply as they come; they are provisional until this returns.
     *
     * @param onDelta called by this thread; what it throws ends the turn
     */
    public Turn stream(String text, Consumer<String> onDelta) {
        try (TurnStream stream = stream(text)) {
            while (stream.hasNext()) {
                switch (stream.next()) {
                    case TurnStreamEvent.Delta(var piece) -> onDelta.accept(piece);
                    case TurnStreamEvent.Completed(var turn) -> {
                        return turn;
                    }
                    case TurnStreamEvent.Started _,
                            TurnStreamEvent.ContextReady _,
                            TurnStreamEvent.MessageCompleted _ -> {}
                }
            }
        }
        throw new IllegalStateException("A stream ends with its turn or with an exception.");
    }

    private Call message(NewMessage message, String key) {
        return Call.of("POST", path + "/messages", new MessageBody(message.text(), message.time()))
                .with("Idempotency-Key", key)
                .repeatable(true)
                .working();
    }

    private record MessageBody(String text, @Nullable Instant time) {}

    private static String key(NewMessage message) {
        String key = message.idempotencyKey();
        return key == null ? UUID.randomUUID().toString() : key;
    }

    /** All messages, oldest first. */
    public Paged<Message> messages() {
        return messages(Order.OLDEST_FIRST, 200);
    }

    /**
     * All messages.
     *
     * @param limit 1 to 200 a page
     */
    public Paged<Message> messages(Order order, int limit) {
        String wanted = order == Order.OLDEST_FIRST ? "asc" : "desc";
        return new Paged<>(cursor -> Json.page(
                transport
                        .send(Call.of(
                                "GET",
                                path + "/messages" + Call.query("order", wanted, "limit", limit, "cursor", cursor)))
                        .body(),
                Message.class));
    }

    /** Takes over up to 1,000 messages of another history, in the order given. One with a known external id is passed over. */
    public ImportResult importMessages(List<ImportedMessage> messages) {
        Call call = Call.of("POST", path + "/messages:import", Map.of("messages", messages))
                .repeatable(true)
                .working();
        return Json.read(transport.send(call).body(), ImportResult.class);
    }

    /** All memories, the newest first. */
    public Paged<Memory> memories() {
        return memories(MemoryFilter.ALL);
    }

    public Paged<Memory> memories(MemoryFilter filter) {
        return new Paged<>(cursor -> Json.page(
                transport
                        .send(Call.of(
                                "GET",
                                path
                                        + "/memories"
                                        + Call.query(
                                                "kind", filter.kind(),
                                                "pinned", filter.pinned(),
                                                "superseded", filter.superseded(),
                                                "limit", 200,
                                                "cursor", cursor)))
                        .body(),
                Memory.class));
    }

    /** The memories that answer a query, best first, and why. */
    public SearchResult search(String query) {
        return search(SearchRequest.of(query));
    }

    public SearchResult search(SearchRequest request) {
        Call call = Call.of("POST", path + "/memories:search", request).repeatable(true);
        return Json.read(transport.send(call).body(), SearchResult.class);
    }

    /** Remembers a statement of the user's. */
    public Memory remember(String text) {
        return remember(Statement.of(text));
    }

    public Memory remember(Statement statement) {
        // With an external id of its own the same statement can be sent again after a lost answer.
        Statement named = statement.externalId() == null
                ? new Statement(
                        statement.text(), statement.time(), UUID.randomUUID().toString())
                : statement;
        Call call = Call.of("POST", path + "/memories", named).repeatable(true);
        return Json.read(transport.send(call).body(), Memory.class);
    }

    /** The prompt for a text, for who calls their own model. Stores nothing. */
    public Context context(String text) {
        Call call = Call.of("POST", path + "/context", Map.of("text", text)).repeatable(true);
        return Json.read(transport.send(call).body(), Context.class);
    }

    /** Records what came of a composed context. The same token is recorded once. */
    public Turn record(String contextToken, String text, String reply) {
        return turn(
                Call.of("POST", path + "/turns", Map.of("context_token", contextToken, "text", text, "reply", reply))
                        .repeatable(true)
                        .working());
    }

    /** Which tier holds what of the relationship. Reads all of its records. */
    public Storage storage() {
        return Json.read(transport.send(Call.of("GET", path + "/storage")).body(), Storage.class);
    }

    /**
     * Tells that the user has appeared, so that their first turn finds loaded what it reads. A hint that changes nothing,
     * and says nothing of whether there is such a relationship.
     */
    public void appeared() {
        transport.send(Call.of("POST", path + "/presence"));
    }

    /** What the companion feels. */
    public Emotion emotion() {
        return Json.read(transport.send(Call.of("GET", path + "/emotion")).body(), Emotion.class);
    }

    /** What happens from now on; its owner closes it. */
    public EventFeed events() {
        return events(null);
    }

    /**
     * What happened behind an event, and what happens from then on; its owner closes it.
     *
     * @param lastEventId the {@link FeedEvent.Happened#position} last dealt with; null for only what is new
     */
    public EventFeed events(@Nullable String lastEventId) {
        return new EventFeed(
                transport, Call.of("GET", path + "/events").with("Accept", "text/event-stream"), lastEventId);
    }

    private Turn turn(Call call) {
        Transport.Answer answer = transport.send(call);
        Turn turn = Json.read(answer.body(), Turn.class);
        return answer.replayed() ? turn.asReplayed() : turn;
    }
}
