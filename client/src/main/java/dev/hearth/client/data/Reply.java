package dev.hearth.client.data;

/** What the companion said. */
public record Reply(String id, String text) {}
