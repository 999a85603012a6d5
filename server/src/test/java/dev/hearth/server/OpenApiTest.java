package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** The document and the running server say the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("unchecked") // the document is plain maps and lists
final class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    @SuppressWarnings("NullAway.Init")
    private Map<String, Object> document;

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeAll
    void start() throws IOException {
        Path file =
                Path.of("").toAbsolutePath().resolve("../docs/api/openapi.yaml").normalize();
        document = (Map<String, Object>)
                Objects.requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
        server = TestServer.start();
    }

    @AfterAll
    void end() {
        server.close();
    }

    private static Map<String, Object> map(Map<String, Object> parent, String name) {
        return (Map<String, Object>) Objects.requireNonNull(parent.get(name), name);
    }

    @Test
    void everyRouteIsDocumentedAndNoOther() {
        Set<String> documented = new TreeSet<>();
        for (Map.Entry<String, Object> path : map(document, "paths").entrySet()) {
            for (String key : ((Map<String, Object>) path.getValue()).keySet()) {
                if (METHODS.contains(key)) {
                    documented.add(key.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        Set<String> served = new TreeSet<>();
        server.routes().forEach(route -> served.add(route.method() + " " + route.template()));
        assertThat(documented).isEqualTo(served);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        references(document);
    }

    private void references(Object node) {
        switch (node) {
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    if (key.equals("$ref")) {
                        assertThat(resolve((String) value)).as((String) value).isNotNull();
                    } else if (value != null) {
                        references(value);
                    }
                });
            case List<?> list -> list.stream().filter(Objects::nonNull).forEach(this::references);
            default -> {}
        }
    }

    private Map<String, Object> resolve(String reference) {
        Map<String, Object> at = document;
        for (String step : reference.substring(2).split("/", -1)) {
            at = map(at, step);
        }
        return at;
    }

    @Test
    void answersHaveTheDocumentedFields() {
        String rid = server.aria("shaped");
        String base = "/v1/relationships/" + rid;
        check("Companion", server.get("/v1/companions/aria").ok().body());
        check("CompanionPage", server.get("/v1/companions").ok().body());
        check(
                "User",
                server.put("/v1/users/shaped", "{\"time_zone\":\"Nowhere\"}")
                        .ok()
                        .body());
        check("Relationship", server.get(base).ok().body());
        JsonNode turn = server.post(base + "/messages", "{\"text\":\"My cat is called Miso.\"}")
                .ok()
                .body();
        check("Turn", turn);
        check(
                "Turn",
                server.post(base + "/messages", "{\"text\":\"What is my cat called?\"}")
                        .ok()
                        .body());
        check(
                "TurnTrace",
                server.get("/v1/turns/" + turn.get("turn_id").stringValue())
                        .ok()
                        .body());
        check("MessagePage", server.get(base + "/messages").ok().body());
        check(
                "ImportResult",
                server.post(
                                base + "/messages:import",
                                "{\"messages\":[{\"external_id\":\"1\",\"role\":\"user\",\"text\":\"My dog is Rex, since last May.\","
                                        + "\"time\":\"2026-01-01T00:00:00Z\"}]}")
                        .ok()
                        .body());
        JsonNode found = server.post(base + "/memories:search", "{\"query\":\"dog\"}")
                .ok()
                .body();
        check("SearchResult", found);
        check(
                "Memory",
                server.get("/v1/memories/"
                                + found.get("hits").get(0).get("memory_id").stringValue())
                        .ok()
                        .body());
        check(
                "MemoryPage",
                server.get(base + "/memories?limit=2&superseded=false").ok().body());
        JsonNode hook = server.post("/v1/webhooks", "{\"url\":\"https://a.example/\",\"events\":[\"*\"]}")
                .ok()
                .body();
        check("CreatedWebhook", hook);
        check("WebhookPage", server.get("/v1/webhooks").ok().body());
        String webhook = "/v1/webhooks/" + hook.get("id").stringValue();
        check("Webhook", server.get(webhook).ok().body());
        check("DeliveryPage", server.get(webhook + "/deliveries").ok().body());
        check(
                "ReplayResult",
                server.post(webhook + "/deliveries:replay", "{\"state\":\"dead\"}")
                        .ok()
                        .body());
        check("Emotion", server.get(base + "/emotion").ok().body());
        JsonNode context = server.post(base + "/context", "{\"text\":\"And my dog?\"}")
                .ok()
                .body();
        check("Context", context);
        check("Problem", server.get("/v1/turns/x").body());
        check("Problem", server.post(base + "/messages", "{\"x\":1}").body());
        check("Status", server.get("/ready").ok().body());
        server.get("/v1/users/shaped/export")
                .ok()
                .text()
                .lines()
                .forEach(line -> check("ExportLine", Json.parse(line)));
        check("Receipt", server.delete("/v1/users/shaped").ok().body());
    }

    private void check(String schema, JsonNode value) {
        check(schema, resolve("#/components/schemas/" + schema), value);
    }

    private void check(String at, Map<String, Object> schema, JsonNode value) {
        if (schema.get("$ref") instanceof String reference) {
            check(at, resolve(reference), value);
            return;
        }
        if (schema.get("enum") instanceof List<?> allowed) {
            assertThat(allowed.contains(value.isNull() ? null : value.asString()))
                    .as(at + " is " + value)
                    .isTrue();
            return;
        }
        Object type = schema.get("type");
        Set<String> types = new HashSet<>();
        if (type instanceof List<?> several) {
            several.forEach(one -> types.add(String.valueOf(one)));
        } else {
            types.add(String.valueOf(type));
        }
        assertThat(types.stream().anyMatch(one -> isOf(one, value)))
                .as(at + " is " + value + ", documented as " + types)
                .isTrue();
        if (value.isObject()) {
            Map<String, Object> properties = schema.containsKey("properties") ? map(schema, "properties") : Map.of();
            Object required = schema.getOrDefault("required", List.of());
            ((List<String>) required)
                    .forEach(name ->
                            assertThat(value.has(name)).as(at + "." + name).isTrue());
            boolean open = schema.containsKey("additionalProperties");
            value.properties().forEach(field -> {
                String name = at + "." + field.getKey();
                if (properties.get(field.getKey()) instanceof Map<?, ?> property) {
                    check(name, (Map<String, Object>) property, field.getValue());
                } else {
                    assertThat(open).as(name + " is not documented").isTrue();
                }
            });
        }
        if (value.isArray()) {
            value.values().forEach(entry -> check(at + "[]", map(schema, "items"), entry));
        }
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }
}
