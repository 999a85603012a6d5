package dev.hearth.client;

import dev.hearth.client.data.Memory;
import dev.hearth.client.data.Message;
import dev.hearth.client.data.Relationship;
import dev.hearth.client.data.TurnTrace;
import dev.hearth.client.data.User;
import org.jspecify.annotations.Nullable;

/** What a line of an export holds. */
public sealed interface ExportEntry {

    record OfUser(User user) implements ExportEntry {}

    record OfRelationship(Relationship relationship) implements ExportEntry {}

    /**
     * A message.
     *
     * @param externalId null for what was not imported
     * @param session counts the sessions of the relationship
     */
    record OfMessage(
            String relationshipId,
            Message message,
            @Nullable String externalId,
            long session) implements ExportEntry {}

    /** A memory, with where it comes from and how it stands among the others. */
    record OfMemory(String relationshipId, Memory memory) implements ExportEntry {}

    record OfTurn(String relationshipId, TurnTrace turn) implements ExportEntry {}

    /** Of a type that this client does not know yet. */
    record Other(String type) implements ExportEntry {}
}
