package dev.hearth.client.data;

/** A section of a prompt: its tokens, its budget, and how many tokens were cut. */
public record Section(String name, long tokens, long budget, long cut) {}
