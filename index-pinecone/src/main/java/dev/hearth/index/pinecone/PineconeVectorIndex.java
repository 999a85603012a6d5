package dev.hearth.index.pinecone;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.VectorIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Vectors in one serverless index of Pinecone: see the package for how they lie there.
 *
 * <p>What may pass (too many requests, an overloaded service, a lost connection, an answer cut short) is tried again
 * within the call's deadline. An upsert is a request for 1,000 vectors or 2 MB, a deletion one for 1,000 ids, everything
 * else one request; a drop is at least three.
 */
public final class PineconeVectorIndex implements VectorIndex {

    private static final int MOST_DELETED = 1_000;
    private static final String SPACE = "space";

    private final int dimension;
    private final Failures failures;
    private final Calls calls;
    private final JsonMapper json = JsonMapper.shared();

    private PineconeVectorIndex(int dimension, Failures failures, Calls calls) {
        this.dimension = dimension;
        this.failures = failures;
        this.calls = calls;
    }

    /**
     * Opens an index that exists, and sees whether vectors of this kind fit into it.
     *
     * @param dimension how many numbers the embedder's vectors have
     * @throws StoreException where it cannot be reached or does not fit, in words for an operator
     */
    public static PineconeVectorIndex open(PineconeSettings settings, int dimension, Deadline deadline) {
        return open(settings, dimension, new Random(), Thread::sleep, deadline);
    }

    static PineconeVectorIndex open(
            PineconeSettings settings, int dimension, RandomGenerator random, Calls.Pause pause, Deadline deadline) {
        Failures failures = new Failures(settings);
        Calls calls = new Calls(settings, failures, random, pause);
        try {
            PineconeVectorIndex index = new PineconeVectorIndex(dimension, failures, calls);
            index.check(deadline);
            return index;
        } catch (RuntimeException unusable) {
            calls.close();
            throw unusable;
        }
    }

    private void check(Deadline deadline) {
        JsonNode stats = answer(Operation.OPEN, "POST", "/describe_index_stats", Map.of(), deadline);
        long there = stats.path("dimension").asLong(0);
        String metric = stats.path("metric").asString("");
        if (there != dimension) {
            throw failures.wrongIndex(
                    there == 0 ? "it is not for dense vectors" : "its vectors have " + there + " numbers",
                    "The embedder's have " + dimension + ": create a dense index with dimension " + dimension
                            + " and metric cosine, and name its host in vectors.host.");
        }
        if (!metric.equals("cosine")) {
            throw failures.wrongIndex(
                    "its metric is " + (metric.isEmpty() ? "not known" : metric),
                    "Create a dense index with dimension " + dimension
                            + " and metric cosine, and name its host in vectors.host.");
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void upsert(Partition partition, String space, List<Entry> entries, Deadline deadline) {
        String prefix = Names.prefix(space);
        Names.check(entries, dimension);
        UpsertBody body = new UpsertBody(partition);
        for (Entry entry : entries) {
            byte[] record = json.writeValueAsBytes(
                    Map.of("id", prefix + entry.id(), "values", entry.vector(), "metadata", Map.of(SPACE, space)));
            if (!body.fits(record)) {
                upsert(body, deadline);
                body = new UpsertBody(partition);
            }
            body.add(record);
        }
        if (!body.isEmpty()) {
            upsert(body, deadline);
        }
    }

    private void upsert(UpsertBody body, Deadline deadline) {
        calls.call(Operation.UPSERT, "POST", "/vectors/upsert", body.whole(), deadline);
    }

    @Override
    public List<Match> query(Partition partition, String space, float[] vector, int limit, Deadline deadline) {
        String prefix = Names.prefix(space);
        Names.check(vector, dimension);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("A query asks for 1 to " + MAX_LIMIT + " matches.");
        }
        JsonNode answer = answer(
                Operation.QUERY,
                "POST",
                "/query",
                Map.of(
                        "namespace",
                        partition.name(),
                        "vector",
                        vector,
                        "topK",
                        limit,
                        "filter",
                        Map.of(SPACE, Map.of("$eq", space)),
                        "includeValues",
                        false,
                        "includeMetadata",
                        false),
                deadline);
        List<Match> matches = new ArrayList<>();
        for (JsonNode match : answer.path("matches")) {
            String id = match.path("id").asString("");
            // The filter has seen to that; an id of another relationship must not get out in any case.
            if (!id.startsWith(prefix)) {
                throw failures.foreign();
            }
            matches.add(
                    new Match(id.substring(prefix.length()), match.path("score").asDouble(0)));
        }
        return matches;
    }

    @Override
    public void delete(Partition partition, String space, Collection<String> ids, Deadline deadline) {
        String prefix = Names.prefix(space);
        ids.forEach(Names::check);
        List<String> full = ids.stream().distinct().map(id -> prefix + id).toList();
        for (int from = 0; from < full.size(); from += MOST_DELETED) {
            List<String> some = full.subList(from, Math.min(full.size(), from + MOST_DELETED));
            byte[] body = json.writeValueAsBytes(Map.of("namespace", partition.name(), "ids", some));
            calls.call(Operation.DELETE, "POST", "/vectors/delete", body, deadline);
        }
    }

    @Override
    public long count(Partition partition, Deadline deadline) {
        // The list, because it says 200 where there is none: a 404 could mean that the index is another.
        JsonNode answer =
                answer(Operation.COUNT, "GET", "/namespaces?limit=1&prefix=" + partition.name(), null, deadline);
        // Names ascend, so the one that is no longer than the prefix comes first.
        JsonNode first = answer.path("namespaces").path(0);
        return first.path("name").asString("").equals(partition.name())
                ? first.path("record_count").asLong(0)
                : 0;
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        long counted = count(partition, deadline);
        calls.call(Operation.DROP, "DELETE", "/namespaces/" + partition.name(), null, deadline);
        long left = counted;
        for (int attempt = 0; ; attempt++) {
            try {
                left = count(partition, deadline);
            } catch (StoreException late) {
                throw late.kind() == StoreException.Kind.DEADLINE ? failures.stillThere(left) : late;
            }
            if (left == 0) {
                return new Removal(counted, counted * dimension * Float.BYTES);
            }
            if (!calls.waited(Operation.DROP, attempt, deadline)) {
                throw failures.stillThere(left);
            }
        }
    }

    private JsonNode answer(
            Operation what, String method, String resource, @Nullable Map<String, ?> body, Deadline deadline) {
        byte[] bytes = body == null ? null : json.writeValueAsBytes(body);
        return Objects.requireNonNull(calls.call(what, method, resource, bytes, deadline));
    }

    @Override
    public void close() {
        calls.close();
    }
}
