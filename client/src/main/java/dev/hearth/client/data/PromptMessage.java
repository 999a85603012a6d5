package dev.hearth.client.data;

/** One message of a prompt. */
public record PromptMessage(PromptRole role, String content) {}
