package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.EventFeed;
import dev.hearth.client.ExportLine;
import dev.hearth.client.ExportStream;
import dev.hearth.client.FeedEvent;
import dev.hearth.client.HearthClient;
import dev.hearth.client.HearthException;
import dev.hearth.client.HearthException.Code;
import dev.hearth.client.HearthUnreachable;
import dev.hearth.client.Options;
import dev.hearth.client.RelationshipClient;
import dev.hearth.client.RelationshipClient.Order;
import dev.hearth.client.TurnStream;
import dev.hearth.client.TurnStreamEvent;
import dev.hearth.client.data.ApiKey;
import dev.hearth.client.data.Companion;
import dev.hearth.client.data.CompanionInput;
import dev.hearth.client.data.Context;
import dev.hearth.client.data.Event;
import dev.hearth.client.data.ForgetScope;
import dev.hearth.client.data.Granularity;
import dev.hearth.client.data.ImportResult;
import dev.hearth.client.data.ImportedMessage;
import dev.hearth.client.data.KeyScope;
import dev.hearth.client.data.Memory;
import dev.hearth.client.data.MemoryFilter;
import dev.hearth.client.data.Message;
import dev.hearth.client.data.MessageStatus;
import dev.hearth.client.data.NewApiKey;
import dev.hearth.client.data.NewMessage;
import dev.hearth.client.data.Receipt;
import dev.hearth.client.data.Relationship;
import dev.hearth.client.data.Role;
import dev.hearth.client.data.SearchRequest;
import dev.hearth.client.data.SearchResult;
import dev.hearth.client.data.Statement;
import dev.hearth.client.data.TimeSpan;
import dev.hearth.client.data.Turn;
import dev.hearth.client.data.TurnStatus;
import dev.hearth.client.data.TurnTrace;
import dev.hearth.client.data.User;
import dev.hearth.client.data.UserPatch;
import dev.hearth.client.data.UserProfile;
import dev.hearth.client.data.Webhook;
import dev.hearth.client.data.WebhookChange;
import dev.hearth.client.data.WebhookStatus;
import dev.hearth.spi.ChatModelException;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client and the server understand each other. */
@Timeout(60)
final class ClientTest {

    private static final Instant THEN = Instant.parse("2026-01-01T10:00:00Z");
    private static final CompanionInput ARIA = new CompanionInput("Aria", Map.of("core_traits", List.of("warm")));

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private HearthClient client;

    @SuppressWarnings("NullAway.Init")
    private RelationshipClient anna;

    @BeforeEach
    void start() {
        server = TestServer.start();
        client = HearthClient.connect(address(), TestServer.KEY, Options.DEFAULTS.attempts(1));
        client.companions().put("aria", ARIA);
        anna = client.relationship("aria", "anna/1");
        anna.ensure();
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private static HearthException refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(HearthException.class, call);
    }

    @Test
    void memoriesAreListedPinnedCorrectedByTheirStateAndForgottenWhole() {
        anna.send("ok lol");
        Memory first = anna.remember("My cat is called Mimo.");
        Memory again = anna.remember("my cat is called MIMO");
        assertThat(again.memoryId()).isEqualTo(first.memoryId());
        assertThat(again.count()).isEqualTo(2);
        anna.remember("I live in Munich.");
        Memory berlin = anna.remember("I moved to Berlin.");

        assertThat(anna.memories(new MemoryFilter(null, null, false)))
                .extracting(Memory::text)
                .startsWith("I moved to Berlin.", "My cat is called Mimo.")
                .doesNotContain("ok lol", "I live in Munich.");
        assertThat(anna.memories(new MemoryFilter("episodic", null, true)))
                .singleElement()
                .satisfies(memory -> {
                    assertThat(memory.text()).isEqualTo("I live in Munich.");
                    assertThat(memory.supersededBy()).isEqualTo(berlin.memoryId());
                });
        Memory known = client.memories().get(first.memoryId());
        assertThat(client.memories().pin(first.memoryId(), true).pinned()).isTrue();
        assertThat(anna.memories(new MemoryFilter(null, true, null)))
                .extracting(Memory::memoryId)
                .containsExactly(first.memoryId());
        assertThat(refused(() -> client.memories().correct(first.memoryId(), "My cat is Miso.", known.etag()))
                        .status())
                .isEqualTo(412);
        Memory pinned = client.memories().get(first.memoryId());
        Memory corrected = client.memories().correct(first.memoryId(), "My cat is Miso.", pinned.etag());
        assertThat(corrected.pinned()).isTrue();
        assertThat(corrected.corrected()).isTrue();
        assertThat(corrected.count()).isEqualTo(1);
        assertThat(anna.search("cat called Mimo").hits())
                .extracting(hit -> hit.memory().text())
                .doesNotContain("My cat is called Mimo.");
        client.memories().delete(berlin.memoryId(), ForgetScope.MESSAGE);
        assertThat(anna.memories(new MemoryFilter(null, null, true))).isEmpty();
        assertThat(server.delete("/v1/memories/" + corrected.memoryId() + "?scope=all")
                        .status())
                .isEqualTo(400);
        assertThat(server.get("/v1/relationships/aria:anna%2F1/memories?pinned=1")
                        .status())
                .isEqualTo(400);
        assertThat(server.call("PATCH", "/v1/memories/" + corrected.memoryId(), "{\"pinned\":null}")
                        .ok()
                        .body()
                        .get("pinned")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void whatIsRememberedIsCorrectedToldAndFelt() {
        try (EventFeed feed = anna.events("0")) {
            Memory memory = anna.remember("My cat is called Mimo.");
            Memory corrected = client.memories().correct(memory.memoryId(), "My cat is called Miso.");

            assertThat(corrected.memoryId()).isNotEqualTo(memory.memoryId());
            assertThat(client.memories().get(corrected.memoryId()).text()).isEqualTo("My cat is called Miso.");
            assertThat(refused(() -> client.memories().get(memory.memoryId())).code())
                    .isEqualTo(Code.NOT_FOUND);
            assertThat(anna.search("cat").hits())
                    .extracting(hit -> hit.memory().text())
                    .containsExactly("My cat is called Miso.");
            assertThat(happened(feed).type()).isEqualTo("memory.created");
            Event event = happened(feed);
            assertThat(event.type()).isEqualTo("memory.corrected");
            assertThat(event.user()).isEqualTo("anna/1");
            assertThat(event.data())
                    .containsEntry("memory_id", corrected.memoryId())
                    .containsEntry("replaced_memory_id", memory.memoryId());
        }
        assertThat(anna.emotion().expression()).isEqualTo("calm and attentive");
    }

    @Test
    void aMemoryTellsTheTimesThatItNames() {
        Memory memory = anna.remember(new Statement("I adopted Miso last Friday, in the morning.", THEN, null));

        assertThat(memory.time()).isEqualTo(THEN);
        assertThat(memory.times())
                .containsExactly(new TimeSpan(
                        Instant.parse("2025-12-26T04:00:00Z"),
                        Instant.parse("2025-12-27T04:00:00Z"),
                        "UTC",
                        Granularity.DAY,
                        0.8));
        assertThat(client.memories().get(memory.memoryId()).withEtag(null)).isEqualTo(memory);
        assertThat(anna.search("adopted").hits().getFirst().memory().times()).isEqualTo(memory.times());
    }

    private static Event happened(EventFeed feed) {
        return ((FeedEvent.Happened) feed.next()).event();
    }

    @Test
    void webhooksAreMadeChangedToldAndTakenAway() {
        Webhook made = client.webhooks().create(URI.create("https://example.com/x"), List.of("turn.*"), "one");
        assertThat(made.secret()).startsWith("whsec_");
        assertThat(client.webhooks().get(made.id()).secret()).isNull();
        assertThat(client.webhooks().list().stream().map(Webhook::id)).containsExactly(made.id());
        Webhook paused = client.webhooks().update(made.id(), WebhookChange.of(WebhookStatus.PAUSED));
        assertThat(paused.status()).isEqualTo(WebhookStatus.PAUSED);
        assertThat(client.webhooks().deliveries(made.id(), null).stream()).isEmpty();
        assertThat(client.webhooks().replayDead(made.id())).isZero();
        client.webhooks().delete(made.id());
        assertThat(refused(() -> client.webhooks().get(made.id())).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void companionsAreMadeReadListedChangedAndTakenAway() {
        Companion aria = client.companions().get("aria");
        assertThat(aria.personality()).containsEntry("core_traits", List.of("warm"));
        assertThat(aria.etag()).isNotEmpty();
        Companion changed = client.companions().put("aria", new CompanionInput("Ada", Map.of()), aria.etag());
        assertThat(changed.name()).isEqualTo("Ada");
        assertThat(refused(() -> client.companions().put("aria", ARIA, aria.etag()))
                        .code())
                .isEqualTo(Code.CONFLICT);
        client.companions().putYaml("bo", "name: Bo\npersonality:\n  backstory: Old.\n");
        assertThat(client.companions().list().stream().map(Companion::id)).containsExactly("aria", "bo");
        assertThat(refused(() -> client.companions().delete("bo", "\"other\"")).status())
                .isEqualTo(412);
        client.companions().delete("bo");
        assertThat(refused(() -> client.companions().get("bo")).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void usersAreMadeChangedAndErasedWithAReceipt() {
        User user = client.users().put("ben", new UserProfile("Ben", "Nowhere", "de", null, null, "plus", true));
        assertThat(user.flags()).containsExactly("time_zone_unknown");
        User patched =
                client.users().patch("ben", UserPatch.NONE.displayName(null).timeZone("Europe/Berlin"), user.etag());
        assertThat(patched.displayName()).isNull();
        assertThat(patched.locale()).isEqualTo("de");
        assertThat(client.users().get("ben")).isEqualTo(patched);
        client.relationship("aria", "ben").ensure();
        Receipt receipt = client.users().erase("ben");
        assertThat(receipt.verified()).isTrue();
        assertThat(receipt.stores()).isNotEmpty();
        assertThat(refused(() -> client.users().get("ben")).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void aTurnIsTakenRepeatedAndTraced() {
        server.model.then(ScriptedModel.say("Hello", " there."));
        NewMessage message = new NewMessage("Hi.", THEN, "k1");
        Turn turn = anna.send(message);
        assertThat(turn.message().text()).isEqualTo("Hello there.");
        assertThat(turn.status()).isEqualTo(TurnStatus.COMPLETED);
        assertThat(turn.replayed()).isFalse();
        Turn again = anna.send(message);
        assertThat(again.replayed()).isTrue();
        assertThat(again.turnId()).isEqualTo(turn.turnId());
        HearthException mismatch = refused(() -> anna.send(new NewMessage("Ho.", THEN, "k1")));
        assertThat(mismatch.code()).isEqualTo(Code.IDEMPOTENCY_MISMATCH);
        assertThat(mismatch.requestId()).isNotEmpty();
        TurnTrace trace = client.turns().get(turn.turnId());
        assertThat(trace.steps()).isNotEmpty();
        Relationship relationship = anna.get();
        assertThat(relationship.messages()).isEqualTo(2);
        assertThat(relationship.user()).isEqualTo("anna/1");
        assertThat(client.relationship(relationship.relationshipId()).get()).isEqualTo(relationship);
    }

    @Test
    void aTurnIsStreamedAndItsRepetitionToo() {
        server.model.then(ScriptedModel.say("Hel", "lo."));
        List<TurnStreamEvent> events = new ArrayList<>();
        try (TurnStream stream = anna.stream(NewMessage.of("Hi.").under("k1"))) {
            stream.forEachRemaining(events::add);
        }
        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .containsExactly("Started", "ContextReady", "Delta", "Delta", "MessageCompleted", "Completed");
        Turn turn = ((TurnStreamEvent.Completed) events.getLast()).turn();
        assertThat(turn.message().text()).isEqualTo("Hello.");
        List<TurnStreamEvent> repeated = new ArrayList<>();
        try (TurnStream stream = anna.stream(NewMessage.of("Hi.").under("k1"))) {
            stream.forEachRemaining(repeated::add);
        }
        assertThat(((TurnStreamEvent.Completed) repeated.getLast()).turn()).isEqualTo(turn.asReplayed());
        StringBuilder heard = new StringBuilder();
        anna.stream("And now?", heard::append);
        assertThat(heard).hasToString("I hear you.");
    }

    @Test
    void aModelThatFailsIsAProblemEitherWayAndTheSameKeyTriesAgain() {
        server.model.then(
                ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE),
                ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE),
                ScriptedModel.say("Better."));
        assertThat(refused(() -> anna.stream("Hi.", piece -> {})).code()).isEqualTo(Code.MODEL_UNAVAILABLE);
        NewMessage message = NewMessage.of("Hi.").under("k1");
        HearthException problem = refused(() -> anna.send(message));
        assertThat(problem.code()).isEqualTo(Code.MODEL_UNAVAILABLE);
        assertThat(problem.retryAfter()).isPositive();
        assertThat(anna.send(message).message().text()).isEqualTo("Better.");
        assertThat(anna.get().messages()).isEqualTo(3);
    }

    @Test
    void leavingAStreamEndsTheTurn() throws InterruptedException {
        server.model.then(ScriptedModel.stall(new Gate(), "Well"));
        try (TurnStream stream = anna.stream("Hi.")) {
            while (!(stream.next() instanceof TurnStreamEvent.Delta)) {
                // up to the first piece
            }
        }
        Instant patience = Instant.now().plus(Duration.ofSeconds(10));
        MessageStatus status = MessageStatus.OPEN;
        while (status != MessageStatus.INTERRUPTED && Instant.now().isBefore(patience)) {
            Thread.sleep(50);
            status = anna.messages(Order.NEWEST_FIRST, 1)
                    .first()
                    .data()
                    .getFirst()
                    .status();
        }
        assertThat(status).isEqualTo(MessageStatus.INTERRUPTED);
        assertThat(server.model.interrupted()).isEqualTo(1);
    }

    @Test
    void historyIsTakenOverListedFoundForgottenAndExported() {
        List<ImportedMessage> old = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            old.add(new ImportedMessage("d:" + i, Role.USER, "Anna", "s", "Fact " + i + " is about tea.", THEN));
        }
        assertThat(anna.importMessages(old)).isEqualTo(new ImportResult(5, 0));
        assertThat(anna.importMessages(old)).isEqualTo(new ImportResult(0, 5));
        assertThat(anna.messages(Order.OLDEST_FIRST, 2).stream().map(Message::seq))
                .isSorted()
                .hasSize(5);
        assertThat(anna.messages(Order.NEWEST_FIRST, 2)).first().satisfies(message -> {
            assertThat(message.text()).startsWith("Fact 4");
            assertThat(message.role()).isEqualTo(Role.USER);
            assertThat(message.time()).isEqualTo(THEN);
            assertThat(message.status()).isEqualTo(MessageStatus.IMPORTED);
        });
        SearchResult found = anna.search(SearchRequest.of("fact 3").limit(1));
        Memory memory = client.memories().get(found.hits().getFirst().memory().memoryId());
        assertThat(memory.sourceExternalIds()).containsExactly("d:3");
        client.memories().delete(memory.memoryId());
        assertThat(refused(() -> client.memories().get(memory.memoryId())).code())
                .isEqualTo(Code.NOT_FOUND);
        try (ExportStream export = client.export("anna/1")) {
            List<ExportLine> lines = new ArrayList<>();
            export.forEachRemaining(lines::add);
            assertThat(lines.stream().map(line -> line.entry().getClass().getSimpleName()))
                    .startsWith("OfUser", "OfRelationship")
                    .filteredOn("OfMessage"::equals)
                    .hasSize(4);
        }
        anna.delete();
        assertThat(refused(() -> anna.get()).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void aContextIsComposedAndRecordedOnce() {
        Context context = anna.context("Hi.");
        assertThat(context.messages()).isNotEmpty();
        Turn turn = anna.record(context.contextToken(), "Hi.", "Hello.");
        assertThat(turn.message().text()).isEqualTo("Hello.");
        Turn again = anna.record(context.contextToken(), "Hi.", "Hello.");
        assertThat(again).isEqualTo(turn.asReplayed());
    }

    @Test
    void whatIsWrongIsToldWithItsPlace() {
        HearthException empty = refused(() -> anna.send(" "));
        assertThat(empty.code()).isEqualTo(Code.INVALID_REQUEST);
        assertThat(empty.pointer()).isEqualTo("/text");
        assertThatThrownBy(() -> anna.search(SearchRequest.of("x").limit(1000)))
                .isInstanceOf(HearthException.class)
                .hasMessageContaining("limit");
        try (HearthClient stranger = HearthClient.connect(address(), "hk_wrong")) {
            assertThat(refused(() -> stranger.companions().list().first()).code())
                    .isEqualTo(Code.UNAUTHORIZED);
        }
    }

    @Test
    void aKeyIsMadeUsedListedAndTakenAway() {
        ApiKey made = client.keys().create(new NewApiKey("phone", KeyScope.APP, false, null));
        try (HearthClient application = HearthClient.connect(address(), Objects.requireNonNull(made.key()))) {
            assertThat(application.companions().get("aria").name()).isEqualTo("Aria");
            assertThat(refused(() -> application.keys().list().first()).code()).isEqualTo(Code.FORBIDDEN);
        }
        assertThat(client.keys().list()).singleElement().satisfies(key -> {
            assertThat(key.id()).isEqualTo(made.id());
            assertThat(key.scope()).isEqualTo(KeyScope.APP);
            assertThat(key.key()).isNull();
        });
        client.keys().delete(made.id());
        assertThat(client.keys().list()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsToldAsThat() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (HearthClient nobody = HearthClient.connect(URI.create("http://127.0.0.1:" + free), "k")) {
            assertThat(catchThrowableOfType(
                                    HearthUnreachable.class,
                                    () -> nobody.turns().get("trn_1"))
                            .reason())
                    .isEqualTo(HearthUnreachable.Reason.NOT_CONNECTED);
        }
    }
}
