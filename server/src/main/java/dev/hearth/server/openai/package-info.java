/**
 * OpenAI's chat completions, so that any chat client works unchanged: a model is a companion, what a client sends as
 * history is its own affair, and what it asks for its own housekeeping is no memory. Thin over the engine. Shapes follow
 * OpenAI's API reference; unknown fields are ignored here and only here.
 */
@NullMarked
package dev.hearth.server.openai;

import org.jspecify.annotations.NullMarked;
