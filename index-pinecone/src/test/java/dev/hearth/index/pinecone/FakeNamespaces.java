package dev.hearth.index.pinecone;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The namespaces of one index. What is written is seen at once, or when a test says so. */
final class FakeNamespaces {

    private static final int MOST_BYTES = 2 << 20;

    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(double[] values, JsonNode metadata) {}

    private record Scored(String id, float score) {}

    private final int dimension;
    private final String metric;
    private final JsonMapper json = JsonMapper.shared();
    private final SortedMap<String, Map<String, Stored>> written = new TreeMap<>();
    private SortedMap<String, Map<String, Stored>> seen = new TreeMap<>();
    private boolean late;
    private boolean countsAsText;

    FakeNamespaces(int dimension, String metric) {
        this.dimension = dimension;
        this.metric = metric;
    }

    /** From now on what is written is not seen. */
    synchronized void hide() {
        late = true;
    }

    /** Shows everything that was written, and from now on at once. */
    synchronized void show() {
        late = false;
        look();
    }

    /** Counts are written as texts from now on, as protocol buffers write long numbers in JSON. */
    synchronized void countAsText() {
        countsAsText = true;
    }

    /** The ids that were written to a namespace, seen or not. */
    synchronized List<String> ids(String namespace) {
        return List.copyOf(written.getOrDefault(namespace, Map.of()).keySet());
    }

    /** Everything that was written, as JSON. */
    synchronized String dump() {
        return json.writeValueAsString(written);
    }

    synchronized FakeAnswer take(String method, URI address, byte[] body) {
        if (body.length > MOST_BYTES) {
            return FakeAnswer.error(400, 11, "message length too large");
        }
        JsonNode asked = body.length == 0 ? json.createObjectNode() : json.readTree(body);
        Map<String, List<String>> query = query(address.getRawQuery());
        String path = address.getPath();
        if (path.startsWith("/namespaces/")) {
            return namespace(method, path.substring("/namespaces/".length()));
        }
        FakeAnswer answer = switch (method + " " + path) {
            case "POST /vectors/upsert" -> upsert(asked);
            case "POST /vectors/delete" -> delete(asked);
            case "GET /vectors/fetch" -> fetch(query);
            case "POST /query" -> search(asked);
            case "POST /describe_index_stats" -> stats();
            case "GET /namespaces" -> list(query);
            default -> FakeAnswer.error(404, 5, "no such resource");
        };
        look();
        return answer;
    }

    private void look() {
        if (!late) {
            seen = new TreeMap<>();
            written.forEach((name, records) -> seen.put(name, new LinkedHashMap<>(records)));
        }
    }

    private FakeAnswer upsert(JsonNode asked) {
        JsonNode vectors = asked.path("vectors");
        if (vectors.isEmpty() || vectors.size() > 1_000) {
            return FakeAnswer.invalid("1 to 1000 vectors");
        }
        Map<String, Stored> records = new LinkedHashMap<>();
        for (JsonNode vector : vectors) {
            String id = vector.path("id").asString("");
            double[] values = numbers(vector.path("values"));
            if (id.isEmpty() || id.length() > 512 || values.length != dimension || isZero(values)) {
                return FakeAnswer.invalid("no such vector in this index");
            }
            records.put(id, new Stored(values, vector.path("metadata")));
        }
        written.computeIfAbsent(asked.path("namespace").asString(""), name -> new LinkedHashMap<>())
                .putAll(records);
        return FakeAnswer.ok(Map.of("upsertedCount", vectors.size()));
    }

    private FakeAnswer delete(JsonNode asked) {
        Map<String, Stored> records = written.get(asked.path("namespace").asString(""));
        if (records == null) {
            return FakeAnswer.notFound();
        }
        JsonNode ids = asked.path("ids");
        if (ids.size() > 1_000) {
            return FakeAnswer.invalid("at most 1000 ids");
        }
        if (asked.path("deleteAll").asBoolean(false)) {
            records.clear();
        } else if (asked.has("filter")) {
            Predicate<Stored> filter = filter(asked.path("filter"));
            records.values().removeIf(filter);
        } else {
            ids.forEach(id -> records.remove(id.asString()));
        }
        return FakeAnswer.ok(Map.of());
    }

    private FakeAnswer fetch(Map<String, List<String>> query) {
        String namespace = query.getOrDefault("namespace", List.of("")).getFirst();
        Map<String, Object> vectors = new LinkedHashMap<>();
        for (String id : query.getOrDefault("ids", List.of())) {
            Stored stored = seen.getOrDefault(namespace, Map.of()).get(id);
            if (stored != null) {
                vectors.put(id, Map.of("id", id, "values", stored.values(), "metadata", stored.metadata()));
            }
        }
        return FakeAnswer.ok(Map.of("vectors", vectors, "namespace", namespace));
    }

    private FakeAnswer search(JsonNode asked) {
        int topK = asked.path("topK").asInt(0);
        double[] vector = numbers(asked.path("vector"));
        if (topK < 1 || topK > 10_000 || vector.length != dimension) {
            return FakeAnswer.invalid("no such query in this index");
        }
        Predicate<Stored> filter = asked.has("filter") ? filter(asked.path("filter")) : any -> true;
        String namespace = asked.path("namespace").asString("");
        List<Scored> matches = new ArrayList<>();
        seen.getOrDefault(namespace, Map.of()).forEach((id, stored) -> {
            if (filter.test(stored)) {
                matches.add(new Scored(id, (float) cosine(stored.values(), vector)));
            }
        });
        matches.sort(Comparator.comparingDouble(Scored::score).reversed());
        return FakeAnswer.ok(Map.of(
                "matches",
                matches.subList(0, Math.min(topK, matches.size())),
                "namespace",
                namespace,
                "usage",
                Map.of("readUnits", 1)));
    }

    private FakeAnswer stats() {
        Map<String, Object> counts = new LinkedHashMap<>();
        seen.forEach((name, records) -> counts.put(name, Map.of("vectorCount", records.size())));
        int total = seen.values().stream().mapToInt(Map::size).sum();
        return FakeAnswer.ok(Map.of(
                "namespaces", counts,
                "dimension", dimension,
                "indexFullness", 0,
                "totalVectorCount", total,
                "metric", metric,
                "vectorType", "dense"));
    }

    private FakeAnswer list(Map<String, List<String>> query) {
        String prefix = query.getOrDefault("prefix", List.of("")).getFirst();
        String behind = query.getOrDefault("paginationToken", List.of("")).getFirst();
        int limit = Integer.parseInt(query.getOrDefault("limit", List.of("100")).getFirst());
        List<String> names = seen.keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.compareTo(behind) > 0)
                .toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "namespaces", names.stream().limit(limit).map(this::description).toList());
        if (names.size() > limit) {
            answer.put("pagination", Map.of("next", names.get(limit - 1)));
        }
        answer.put(
                "total_count",
                seen.keySet().stream().filter(name -> name.startsWith(prefix)).count());
        return FakeAnswer.ok(answer);
    }

    private FakeAnswer namespace(String method, String name) {
        if (method.equals("DELETE")) {
            boolean removed = written.remove(name) != null;
            look();
            return removed ? FakeAnswer.ok(Map.of()) : FakeAnswer.notFound();
        }
        return seen.containsKey(name) ? FakeAnswer.ok(description(name)) : FakeAnswer.notFound();
    }

    private Map<String, Object> description(String name) {
        int count = seen.getOrDefault(name, Map.of()).size();
        return Map.of("name", name, "record_count", countsAsText ? Integer.toString(count) : count);
    }

    /** Fields that equal a value, written as {@code {"field": {"$eq": value}}} or {@code {"field": value}}. */
    private static Predicate<Stored> filter(JsonNode filter) {
        return stored -> filter.properties().stream().allMatch(field -> {
            JsonNode wanted = field.getValue().isObject() ? field.getValue().path("$eq") : field.getValue();
            return stored.metadata().path(field.getKey()).equals(wanted);
        });
    }

    private static Map<String, List<String>> query(@Nullable String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.computeIfAbsent(parts[0], name -> new ArrayList<>())
                    .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }

    private static boolean isZero(double[] values) {
        for (double value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private static double cosine(double[] one, double[] other) {
        double dot = 0;
        double squares = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            dot += one[i] * other[i];
            squares += one[i] * one[i];
            others += other[i] * other[i];
        }
        return dot / Math.sqrt(squares * others);
    }
}
