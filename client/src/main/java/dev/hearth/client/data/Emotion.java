package dev.hearth.client.data;

import java.time.Instant;

/** What the companion feels in a relationship, in words. */
public record Emotion(String relationshipId, String expression, Instant at) {}
