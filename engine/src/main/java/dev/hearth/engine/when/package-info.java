/**
 * Time as people say it: expressions resolved to intervals, and what a question asks of time. English. Pure functions of
 * a text, a moment and a zone; knows no other room of the engine.
 */
@NullMarked
package dev.hearth.engine.when;

import org.jspecify.annotations.NullMarked;
