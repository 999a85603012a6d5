package dev.hearth.client;

import static dev.hearth.client.FakeHearth.answer;
import static dev.hearth.client.FakeHearth.json;
import static dev.hearth.client.FakeHearth.stream;
import static dev.hearth.client.Samples.page;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.FakeHearth.Received;
import dev.hearth.client.FakeHearth.Reply;
import dev.hearth.client.data.CompanionInput;
import dev.hearth.client.data.DeliveryState;
import dev.hearth.client.data.ImportedMessage;
import dev.hearth.client.data.KeyScope;
import dev.hearth.client.data.NewApiKey;
import dev.hearth.client.data.Role;
import dev.hearth.client.data.UserPatch;
import dev.hearth.client.data.UserProfile;
import dev.hearth.client.data.WebhookChange;
import dev.hearth.client.data.WebhookStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every documented endpoint of the native API has a method here, and the method asks for just that endpoint. */
final class ApiCoverageTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    /** What is no part of the native API: signs of life, and the faces that other clients speak to. */
    private static final Set<String> EXEMPT = Set.of(
            "GET /",
            "GET /console/{file}",
            "GET /health",
            "GET /ready",
            "GET /metrics",
            "POST /v1/chat/completions",
            "GET /v1/models",
            "GET /v1/models/{id}");

    private record Method(Reply reply, Consumer<HearthClient> call) {}

    private static Method of(Reply reply, Consumer<HearthClient> call) {
        return new Method(reply, call);
    }

    private static Method of(String answer, Consumer<HearthClient> call) {
        return of(json(answer), call);
    }

    private static Method deleting(Consumer<HearthClient> call) {
        return of(answer(204, "text/plain", ""), call);
    }

    private static RelationshipClient anna(HearthClient client) {
        return client.relationship("aria", "anna");
    }

    private static final ImportedMessage IMPORTED =
            new ImportedMessage("1", Role.USER, null, "s", "Hi.", Instant.parse("2026-01-01T00:00:00Z"));

    private static final Map<String, Method> API = Map.ofEntries(
            entry(
                    "GET /v1/companions",
                    of(
                            page(Samples.COMPANION),
                            c -> assertThat(c.companions().list()).hasSize(1))),
            entry(
                    "PUT /v1/companions/{slug}",
                    of(
                            Samples.COMPANION,
                            c -> c.companions()
                                    .put("aria", new CompanionInput("Aria", Map.of("core_traits", List.of("warm")))))),
            entry(
                    "GET /v1/companions/{slug}",
                    of(Samples.COMPANION, c -> c.companions().get("aria"))),
            entry("DELETE /v1/companions/{slug}", deleting(c -> c.companions().delete("aria"))),
            entry("PUT /v1/companions/{slug}/users/{external_id}", of(Samples.RELATIONSHIP, c -> anna(c).ensure())),
            entry("PUT /v1/users/{external_id}", of(Samples.USER, c -> c.users().put("anna", UserProfile.EMPTY))),
            entry(
                    "PATCH /v1/users/{external_id}",
                    of(
                            Samples.USER,
                            c -> c.users()
                                    .patch(
                                            "anna",
                                            UserPatch.NONE.displayName("Anna").locale(null)))),
            entry("GET /v1/users/{external_id}", of(Samples.USER, c -> c.users().get("anna"))),
            entry(
                    "DELETE /v1/users/{external_id}",
                    of(Samples.RECEIPT, c -> c.users().erase("anna"))),
            entry("GET /v1/users/{external_id}/export", of(stream(Samples.EXPORT), c -> {
                try (ExportStream export = c.export("anna")) {
                    assertThat(export).toIterable().hasSize(5);
                }
            })),
            entry("GET /v1/relationships/{rid}", of(Samples.RELATIONSHIP, c -> anna(c).get())),
            entry("DELETE /v1/relationships/{rid}", deleting(c -> anna(c).delete())),
            entry("POST /v1/relationships/{rid}/messages", of(Samples.TURN, c -> anna(c).send("Hi."))),
            entry(
                    "GET /v1/relationships/{rid}/messages",
                    of(
                            page(Samples.MESSAGE),
                            c -> assertThat(anna(c).messages().stream()).hasSize(1))),
            entry(
                    "POST /v1/relationships/{rid}/messages:import",
                    of("{\"imported\":1,\"duplicates\":0}", c -> anna(c).importMessages(List.of(IMPORTED)))),
            entry("POST /v1/relationships/{rid}/memories:search", of(Samples.SEARCH, c -> anna(c).search("cat"))),
            entry("POST /v1/relationships/{rid}/memories", of(Samples.MEMORY, c -> anna(c).remember("I sail."))),
            entry(
                    "GET /v1/relationships/{rid}/memories",
                    of(
                            page(Samples.MEMORY),
                            c -> assertThat(anna(c).memories().stream()).hasSize(1))),
            entry("POST /v1/relationships/{rid}/context", of(Samples.CONTEXT, c -> anna(c).context("Hi."))),
            entry("POST /v1/relationships/{rid}/turns", of(Samples.TURN, c -> anna(c).record("t", "Hi.", "Hello."))),
            entry("GET /v1/relationships/{rid}/storage", of(Samples.STORAGE, c -> anna(c).storage())),
            entry("POST /v1/relationships/{rid}/presence", of(answer(202, "text/plain", ""), c -> anna(c).appeared())),
            entry("GET /v1/relationships/{rid}/emotion", of(Samples.EMOTION, c -> anna(c).emotion())),
            entry("GET /v1/relationships/{rid}/events", of(stream(Samples.happened("7")), c -> {
                try (EventFeed feed = anna(c).events()) {
                    assertThat(feed.next()).isInstanceOf(FeedEvent.Happened.class);
                }
            })),
            entry("GET /v1/turns/{id}", of(Samples.TRACE, c -> c.turns().get("trn_1"))),
            entry("GET /v1/memories/{id}", of(Samples.MEMORY, c -> c.memories().get("mem_1"))),
            entry(
                    "PATCH /v1/memories/{id}",
                    of(Samples.MEMORY, c -> c.memories().correct("mem_1", "I row."))),
            entry("DELETE /v1/memories/{id}", deleting(c -> c.memories().delete("mem_1"))),
            entry(
                    "POST /v1/webhooks",
                    of(
                            answer(201, "application/json", Samples.WEBHOOK),
                            c -> c.webhooks().create(URI.create("https://example.org/hook"), List.of("*"), null))),
            entry(
                    "GET /v1/webhooks",
                    of(
                            page(Samples.WEBHOOK),
                            c -> assertThat(c.webhooks().list()).hasSize(1))),
            entry("GET /v1/webhooks/{id}", of(Samples.WEBHOOK, c -> c.webhooks().get("whk_1"))),
            entry(
                    "PATCH /v1/webhooks/{id}",
                    of(Samples.WEBHOOK, c -> c.webhooks().update("whk_1", WebhookChange.of(WebhookStatus.PAUSED)))),
            entry("DELETE /v1/webhooks/{id}", deleting(c -> c.webhooks().delete("whk_1"))),
            entry(
                    "GET /v1/webhooks/{id}/deliveries",
                    of(
                            page(Samples.DELIVERY),
                            c -> assertThat(c.webhooks().deliveries("whk_1", DeliveryState.DEAD))
                                    .hasSize(1))),
            entry(
                    "POST /v1/webhooks/{id}/deliveries:replay",
                    of(
                            "{\"replayed\":3}",
                            c -> assertThat(c.webhooks().replayDead("whk_1")).isEqualTo(3))),
            entry(
                    "POST /v1/keys",
                    of(
                            answer(201, "application/json", Samples.KEY),
                            c -> c.keys().create(new NewApiKey("phone", KeyScope.CHAT, false, "anna")))),
            entry(
                    "GET /v1/keys",
                    of(page(Samples.KEY), c -> assertThat(c.keys().list()).hasSize(1))),
            entry("DELETE /v1/keys/{id}", deleting(c -> c.keys().delete("key_1"))));

    static Set<String> endpoints() {
        return new TreeSet<>(API.keySet());
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void theMethodAsksForItsEndpoint(String endpoint) {
        Method method = Objects.requireNonNull(API.get(endpoint));
        try (FakeHearth server = new FakeHearth().then(method.reply());
                HearthClient client = server.client()) {
            method.call().accept(client);
            Received asked = server.received().getFirst();
            String pattern = endpoint.replaceAll("\\{[a-z_]+}", "[^/]+");
            assertThat(asked.method() + " " + asked.target().replaceFirst("\\?.*", ""))
                    .matches(pattern);
            assertThat(asked.header("Authorization")).isEqualTo("Bearer " + FakeHearth.KEY);
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void everyDocumentedEndpointHasAMethod() throws IOException {
        Set<String> missing = documented();
        assertThat(missing).hasSizeGreaterThan(20);
        missing.removeAll(API.keySet());
        missing.removeIf(endpoint -> EXEMPT.contains(endpoint) || endpoint.contains(" /mcp"));
        assertThat(missing).isEmpty();
    }

    @SuppressWarnings("unchecked") // the document is plain maps
    private static Set<String> documented() throws IOException {
        Path file =
                Path.of("").toAbsolutePath().resolve("../docs/api/openapi.yaml").normalize();
        Map<String, Object> document = (Map<String, Object>)
                Objects.requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
        Set<String> documented = new TreeSet<>();
        Map<String, Map<String, Object>> paths =
                (Map<String, Map<String, Object>>) Objects.requireNonNull(document.get("paths"));
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(METHODS::contains)
                .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return documented;
    }
}
