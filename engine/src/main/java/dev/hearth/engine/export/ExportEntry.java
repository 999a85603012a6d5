package dev.hearth.engine.export;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.partition.User;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.Relationship;
import dev.hearth.engine.turn.TurnTrace;

/** One line of an export. */
public sealed interface ExportEntry {

    record OfUser(User user) implements ExportEntry {}

    record OfRelationship(Relationship relationship) implements ExportEntry {}

    /** A message; {@code externalId} is the id it was imported under, or empty. */
    record OfMessage(String relationshipId, Message message, String externalId, int session) implements ExportEntry {}

    /** A memory, with where it comes from and how it stands among the others. */
    record OfMemory(String relationshipId, Memory memory) implements ExportEntry {}

    /** A turn's ledger, as JSON-ready data. */
    record OfTurn(String relationshipId, TurnTrace trace) implements ExportEntry {}
}
