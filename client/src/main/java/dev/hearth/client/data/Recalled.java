package dev.hearth.client.data;

import java.util.Map;

/** A memory that was recalled for a turn, and why. */
public record Recalled(String memoryId, double score, Map<String, Double> parts) {
    public Recalled {
        parts = Map.copyOf(parts);
    }
}
