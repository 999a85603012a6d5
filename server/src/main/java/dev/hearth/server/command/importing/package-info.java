/**
 * Histories that other programs wrote, read entry by entry into messages of Hearth, and the sending of them. A file of any
 * size is read in bounded memory; what cannot be taken is told with its place. Knows the client, and no other part of the
 * server.
 */
@NullMarked
package dev.hearth.server.command.importing;

import org.jspecify.annotations.NullMarked;
