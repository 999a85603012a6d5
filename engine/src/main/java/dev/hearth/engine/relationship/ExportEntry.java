package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.User;

/** One line of an export. */
public sealed interface ExportEntry {

    record OfUser(User user) implements ExportEntry {}

    record OfRelationship(Relationship relationship) implements ExportEntry {}

    /** A message; {@code externalId} is the id it was imported under, or empty. */
    record OfMessage(String relationshipId, Message message, String externalId, String session) implements ExportEntry {}

    /** A turn's ledger, as JSON-ready data. */
    record OfTurn(String relationshipId, dev.hearth.engine.turn.TurnTrace trace) implements ExportEntry {}
}
