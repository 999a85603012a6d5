/**
 * Conversations of applications that call a model of their own through a framework: what is said and replied becomes a
 * turn of a relationship, once; the window is Hearth's history. Knows the client, and no framework.
 */
@NullMarked
package dev.hearth.conversation;

import org.jspecify.annotations.NullMarked;
