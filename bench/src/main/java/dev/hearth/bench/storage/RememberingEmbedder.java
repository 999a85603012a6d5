package dev.hearth.bench.storage;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes each text's vectors once and keeps them as they were made, which the engine does not. */
final class RememberingEmbedder implements Embedder {

    private final Embedder embedder;
    private final Map<String, List<float[]>> made = new ConcurrentHashMap<>();

    RememberingEmbedder(Embedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public String id() {
        return embedder.id();
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public List<List<float[]>> embed(List<String> texts, Deadline deadline) {
        List<String> missing = texts.stream()
                .filter(text -> !made.containsKey(text))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            List<List<float[]>> fresh = embedder.embed(missing, deadline);
            for (int i = 0; i < missing.size(); i++) {
                made.put(missing.get(i), fresh.get(i));
            }
        }
        List<List<float[]>> vectors = new ArrayList<>();
        texts.forEach(text -> vectors.add(made.getOrDefault(text, List.of())));
        return vectors;
    }

    /** The embedder behind it is its owner's to close. */
    @Override
    public void close() {}
}
