package dev.hearth.engine.event;

import dev.hearth.engine.relationship.Happening;
import java.time.Instant;
import java.util.Map;

/**
 * One event of a relationship: ids, no text.
 *
 * @param number its place in the relationship, from 1, without gaps
 * @param id {@code evt_} and an opaque rest
 * @param at when it happened
 * @param relationship the relationship's id
 * @param companion the companion's slug
 * @param user the user's external id
 * @param ids what it happened to, by the names that the API calls them
 * @param count how many, for a type that counts; otherwise 0
 * @param dropped how many were not taken, for a type that counts both; otherwise 0
 */
public record Event(
        long number,
        String id,
        Happening.Type type,
        Instant at,
        String relationship,
        String companion,
        String user,
        Map<String, String> ids,
        int count,
        int dropped) {

    /** The event as the feed and webhooks send it. */
    public String json() {
        return EventJson.write(this);
    }
}
