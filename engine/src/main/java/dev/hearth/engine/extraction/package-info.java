/**
 * Facts about the user, extracted by a configured model from sessions that are over: what it is asked, how its answer is
 * read, what of it is believed, and the worker that does so off everybody's path. Off where no model is configured. It
 * changes nothing of what was said; what is stored, and how, the relationship knows.
 */
@NullMarked
package dev.hearth.engine.extraction;

import org.jspecify.annotations.NullMarked;
