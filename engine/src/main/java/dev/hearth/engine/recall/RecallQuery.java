package dev.hearth.engine.recall;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to look for in one relationship.
 *
 * @param text the question or message, by whose terms messages are found; may have none
 * @param vector the embedding of the text, as long as the index's dimension; null to search by words alone. Not
 *     changed, not kept
 * @param content the embedding of the text's content words alone ({@link RelationshipIndex#content}); null where it is
 *     the same or missing. Not changed, not kept
 * @param limit how many at most, at least 1
 * @param at the moment of asking, from which "last week" is reckoned
 * @param zone where it is asked
 * @param except the seqs of messages that are left out, as if they were not there
 * @param turn whether it is for a prompt: then what was in one lately, and what says the same as a better hit, ranks
 *     lower. A plain look-up is the same however often it is done
 */
@SuppressWarnings("ArrayRecordComponent") // made for one call and compared with nothing
public record RecallQuery(
        String text,
        float @Nullable [] vector,
        float @Nullable [] content,
        int limit,
        Instant at,
        ZoneId zone,
        Set<Long> except,
        boolean turn) {

    // Written out, since a compact constructor loses the vector's @Nullable in its class file.
    public RecallQuery(
            String text,
            float @Nullable [] vector,
            float @Nullable [] content,
            int limit,
            Instant at,
            ZoneId zone,
            Set<Long> except,
            boolean turn) {
        if (limit < 1) {
            throw new IllegalArgumentException("A search's limit is at least 1, not " + limit + ".");
        }
        this.text = text;
        this.vector = vector;
        this.content = content;
        this.limit = limit;
        this.at = at;
        this.zone = zone;
        this.except = except;
        this.turn = turn;
    }

    /** A plain look-up by words alone, which leaves nothing out. */
    public static RecallQuery of(String text, int limit, Instant at, ZoneId zone) {
        return new RecallQuery(text, null, null, limit, at, zone, Set.of(), false);
    }

    /** The same by likeness of meaning too. */
    public RecallQuery like(float @Nullable [] whole, float @Nullable [] contentAlone) {
        return new RecallQuery(text, whole, contentAlone, limit, at, zone, except, turn);
    }

    /** The same without some messages. */
    public RecallQuery without(Set<Long> seqs) {
        return new RecallQuery(text, vector, content, limit, at, zone, seqs, turn);
    }

    /** The same with another limit. */
    RecallQuery limit(int other) {
        return new RecallQuery(text, vector, content, other, at, zone, except, turn);
    }
}
