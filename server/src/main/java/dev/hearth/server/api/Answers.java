package dev.hearth.server.api;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.partition.Receipt;
import dev.hearth.engine.partition.User;
import dev.hearth.engine.persona.Companion;
import dev.hearth.engine.problem.Page;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.Relationship;
import dev.hearth.engine.relationship.Storage;
import dev.hearth.engine.turn.ComposedContext;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.engine.turn.TurnTrace;
import dev.hearth.engine.turn.TurnUsage;
import dev.hearth.engine.webhook.Delivery;
import dev.hearth.engine.webhook.Webhook;
import dev.hearth.engine.when.TimeSpan;
import dev.hearth.server.http.Json;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API answers, as JSON. The shapes are those of {@code docs/api/openapi.yaml}. */
public final class Answers {

    private Answers() {}

    public static <T> ObjectNode page(Page<T> page, Function<T, ObjectNode> shape) {
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        page.data().forEach(entry -> data.add(shape.apply(entry)));
        body.put("next_cursor", page.nextCursor());
        return body;
    }

    public static ObjectNode companion(Companion companion) {
        ObjectNode body = Json.object();
        body.put("id", companion.id());
        body.put("name", companion.name());
        body.set("personality", Json.readTrusted(companion.personality().document()));
        body.put("created_at", companion.createdAt().toString());
        body.put("updated_at", companion.updatedAt().toString());
        return body;
    }

    public static ObjectNode user(User user) {
        ObjectNode body = Json.object();
        body.put("external_id", user.externalId());
        body.put("display_name", user.displayName());
        body.put("time_zone", user.timeZone());
        if (user.timeZoneUnknown()) {
            body.putArray("flags").add("time_zone_unknown");
        }
        body.put("locale", user.locale());
        body.put("age_band", user.ageBand());
        body.put("jurisdiction", user.jurisdiction());
        body.put("plan", user.plan());
        body.put("outreach", user.outreach());
        body.put("created_at", user.createdAt().toString());
        body.put("updated_at", user.updatedAt().toString());
        return body;
    }

    public static ObjectNode receipt(Receipt receipt) {
        ObjectNode body = Json.object();
        body.put("id", receipt.id());
        body.put("completed_at", receipt.completedAt().toString());
        ArrayNode stores = body.putArray("stores");
        for (Receipt.StoreLine line : receipt.stores()) {
            ObjectNode store = stores.addObject();
            store.put("store", line.store());
            store.put("removed", line.removed());
            store.put("bytes", line.bytes());
            store.put("crypto_shredded", line.cryptoShredded());
        }
        body.put("verified", receipt.verified());
        return body;
    }

    public static ObjectNode storage(Storage storage) {
        ObjectNode body = Json.object();
        body.set("memory", tier(storage.memory()));
        body.set("hot", tier(storage.hot()));
        body.set("warm", tier(storage.warm()));
        body.set("cold", tier(storage.cold()));
        return body;
    }

    private static ObjectNode tier(Storage.Tier tier) {
        ObjectNode body = Json.object();
        body.put("messages", tier.messages());
        body.put("records", tier.records());
        body.put("bytes", tier.bytes());
        return body;
    }

    public static ObjectNode relationship(Relationship relationship) {
        ObjectNode body = Json.object();
        body.put("relationship_id", relationship.id());
        body.put("companion", relationship.companion());
        body.put("user", relationship.user());
        body.put("created_at", relationship.createdAt().toString());
        body.put(
                "last_turn_at",
                relationship.lastTurnAt() == null
                        ? null
                        : relationship.lastTurnAt().toString());
        body.put("messages", relationship.messages());
        body.put("memories", relationship.memories());
        return body;
    }

    public static ObjectNode message(Message message) {
        ObjectNode body = Json.object();
        body.put("id", message.id());
        body.put("seq", message.seq());
        body.put("role", message.role().wire());
        if (message.speaker() != null) {
            body.put("speaker", message.speaker());
        }
        body.put("text", message.text());
        body.put("time", message.time().toString());
        body.put("turn_id", message.turnId());
        body.put("status", message.status().wire());
        return body;
    }

    public static ObjectNode memory(Memory memory) {
        ObjectNode body = Json.object();
        body.put("memory_id", memory.id());
        body.put("kind", memory.kind());
        body.put("text", memory.text());
        body.put("time", memory.time().toString());
        times(body.putArray("times"), memory.times());
        body.put("speaker", memory.speaker());
        strings(body.putArray("source_external_ids"), memory.sourceExternalIds());
        strings(body.putArray("source_message_ids"), memory.provenance().messageIds());
        body.put("turn_id", memory.provenance().turnId());
        Memory.Standing standing = memory.standing();
        body.put("count", standing.count());
        body.put("last_time", standing.lastTime().toString());
        body.put("pinned", standing.pinned());
        body.put("corrected", standing.corrected());
        body.put("superseded_by", standing.supersededBy());
        body.put("supersedes", standing.supersedes());
        return body;
    }

    private static void times(ArrayNode into, List<TimeSpan> times) {
        for (TimeSpan time : times) {
            into.addObject()
                    .put("from", time.from().toString())
                    .put("until", time.until().toString())
                    .put("zone", time.zone().getId())
                    .put("granularity", time.granularity().name().toLowerCase(Locale.ROOT))
                    .put("confidence", time.confidence());
        }
    }

    public static ObjectNode search(SearchResult result) {
        ObjectNode body = Json.object();
        ArrayNode hits = body.putArray("hits");
        for (SearchResult.Hit hit : result.hits()) {
            ObjectNode shape = memory(hit.memory());
            shape.put("score", hit.score());
            numbers(shape.putObject("parts"), hit.parts());
            hits.add(shape);
        }
        body.put("confidence", result.confidence());
        strings(body.putArray("degraded"), result.degraded());
        body.put("took_ms", millis(result.took()));
        body.put("embed_ms", millis(result.embedding()));
        return body;
    }

    public static ObjectNode turn(TurnResult turn) {
        ObjectNode body = Json.object();
        body.put("turn_id", turn.turnId());
        body.put("status", turn.status().wire());
        ObjectNode message = body.putObject("message");
        message.put("id", turn.messageId());
        message.put("text", turn.text());
        body.put("voice", turn.voice());
        body.set("usage", usage(turn.usage()));
        strings(body.putArray("degraded"), turn.degraded());
        return body;
    }

    public static ObjectNode usage(TurnUsage usage) {
        ObjectNode body = Json.object();
        body.put("prompt_tokens", usage.promptTokens());
        body.put("cached_tokens", usage.cachedTokens());
        body.put("completion_tokens", usage.completionTokens());
        body.put("cost_usd", usage.costUsd());
        return body;
    }

    public static ObjectNode trace(TurnTrace trace) {
        ObjectNode body = Json.object();
        body.put("id", trace.id());
        body.put("status", trace.status().wire());
        body.put("voice", trace.voice());
        ArrayNode steps = body.putArray("steps");
        for (TurnTrace.Step step : trace.steps()) {
            ObjectNode shape = steps.addObject();
            shape.put("name", step.name());
            shape.put("ms", rounded(step.millis()));
            shape.put("budget_ms", step.budgetMillis());
            shape.put("outcome", step.outcome());
        }
        sections(body.putArray("sections"), trace.sections());
        ArrayNode recalled = body.putArray("recalled");
        for (TurnTrace.Recalled memory : trace.recalled()) {
            ObjectNode shape = recalled.addObject();
            shape.put("memory_id", memory.memoryId());
            shape.put("score", memory.score());
            numbers(shape.putObject("parts"), memory.parts());
        }
        strings(body.putArray("degraded"), trace.degraded());
        strings(body.putArray("carried_over"), trace.carriedOver());
        body.set("usage", usage(trace.usage()));
        TurnUsage extraction = trace.extraction();
        body.set("extraction", extraction == null ? null : usage(extraction));
        return body;
    }

    public static ObjectNode context(ComposedContext context) {
        ObjectNode body = Json.object();
        body.put("context_token", context.token());
        ArrayNode messages = body.putArray("messages");
        context.messages().forEach(message -> {
            ObjectNode shape = messages.addObject();
            shape.put("role", message.role().name().toLowerCase(Locale.ROOT));
            shape.put("content", message.text());
        });
        body.put("max_tokens", context.maxTokens());
        strings(body.putArray("recalled"), context.recalled());
        sections(body.putArray("sections"), context.sections());
        strings(body.putArray("degraded"), context.degraded());
        return body;
    }

    static ObjectNode webhook(Webhook webhook) {
        ObjectNode body = Json.object();
        body.put("id", webhook.id());
        body.put("url", webhook.url().toString());
        strings(body.putArray("events"), webhook.events());
        body.put("description", webhook.description());
        body.put("status", webhook.status().wire());
        body.put("created_at", webhook.createdAt().toString());
        return body;
    }

    static ObjectNode delivery(Delivery delivery) {
        Delivery.Attempt last = delivery.last();
        ObjectNode body = Json.object();
        body.put("id", delivery.id());
        body.put("event_id", delivery.about().eventId());
        body.put("event_type", delivery.about().eventType());
        body.put("relationship_id", delivery.about().relationship());
        body.put("state", delivery.state().wire());
        body.put("attempts", delivery.attempts());
        body.put("last_attempt_at", last == null ? null : last.at().toString());
        body.put("last_status", last == null || last.status() == 0 ? null : (Integer) last.status());
        body.put("last_error", last == null ? null : last.error());
        body.put(
                "next_attempt_at",
                delivery.nextAttemptAt() == null
                        ? null
                        : delivery.nextAttemptAt().toString());
        body.put("created_at", delivery.createdAt().toString());
        return body;
    }

    public static void strings(ArrayNode into, Collection<String> values) {
        values.forEach(into::add);
    }

    private static void sections(ArrayNode into, Collection<TurnTrace.Section> sections) {
        for (TurnTrace.Section section : sections) {
            ObjectNode shape = into.addObject();
            shape.put("name", section.name());
            shape.put("tokens", section.tokens());
            shape.put("budget", section.budget());
            shape.put("cut", section.cut());
        }
    }

    private static void numbers(ObjectNode into, Map<String, Double> values) {
        values.forEach(into::put);
    }

    public static double millis(Duration duration) {
        return rounded(duration.toNanos() / 1e6);
    }

    private static double rounded(double millis) {
        return Math.round(millis * 1000) / 1000.0;
    }
}
