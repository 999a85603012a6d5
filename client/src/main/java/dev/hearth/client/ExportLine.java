package dev.hearth.client;

/**
 * A line of an export.
 *
 * @param json as it came, with everything that it holds
 */
public record ExportLine(String json, ExportEntry entry) {}
