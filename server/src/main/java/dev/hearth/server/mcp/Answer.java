package dev.hearth.server.mcp;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool answers.
 *
 * @param structured of the shape that the tool's output schema says
 * @param text the same for readers: a client may show a model nothing but this
 */
record Answer(ObjectNode structured, String text) {}
