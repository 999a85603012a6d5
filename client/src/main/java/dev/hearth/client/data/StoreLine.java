package dev.hearth.client.data;

/** What an erasure did in one store. */
public record StoreLine(String store, long removed, long bytes, boolean cryptoShredded) {}
