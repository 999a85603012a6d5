package dev.hearth.client.data;

/** A step of a turn. */
public record Step(String name, double ms, long budgetMs, StepOutcome outcome) {}
