package dev.hearth.server.command.importing;

import dev.hearth.client.data.ImportedMessage;

/** An entry of a history, at its place (from 1). */
public sealed interface Entry {

    long place();

    /** One that becomes a message. */
    record Taken(long place, ImportedMessage message) implements Entry {}

    /** One that is left out. */
    record Left(long place, Reason reason) implements Entry {}
}
