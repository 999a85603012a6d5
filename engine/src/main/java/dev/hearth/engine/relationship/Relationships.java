package dev.hearth.engine.relationship;

import dev.hearth.engine.problem.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Relationships and their messages. Wherever a relationship's id is taken, {@code companion:external_id} is too (split
 * at the first colon).
 */
public interface Relationships {

    /** The relationship of the companion with the user; makes the user and the relationship where they are missing. */
    Relationship ensure(String companion, String externalId);

    Relationship get(String relationship);

    /** Deletes the relationship with everything in it. The user and their other relationships stay. */
    void delete(String relationship);

    /** Messages by their seq; {@code limit} 1 to 200. */
    Page<Message> messages(String relationship, int limit, @Nullable String cursor, boolean ascending);

    /**
     * Takes over messages of another history, in the order given, up to 1,000. What was imported before is counted as
     * a duplicate. Searchable when this returns. Triggers no turn, no feeling and no outreach.
     */
    ImportResult importMessages(String relationship, List<Imported> messages);
}
