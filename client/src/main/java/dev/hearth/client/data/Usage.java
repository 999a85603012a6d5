package dev.hearth.client.data;

/** Tokens and money of a turn, in US dollars. */
public record Usage(long promptTokens, long cachedTokens, long completionTokens, double costUsd) {}
