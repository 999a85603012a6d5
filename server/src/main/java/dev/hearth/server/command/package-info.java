/**
 * The command line: what is typed, what is printed, how a process ends. Errors are one sentence on stderr and exit 1.
 */
@NullMarked
package dev.hearth.server.command;

import org.jspecify.annotations.NullMarked;
