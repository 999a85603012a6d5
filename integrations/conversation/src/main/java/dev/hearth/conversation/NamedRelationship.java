package dev.hearth.conversation;

import dev.hearth.client.HearthClient;
import dev.hearth.client.HearthException;
import dev.hearth.client.HearthException.Code;
import dev.hearth.client.RelationshipClient;
import dev.hearth.client.data.Hit;
import dev.hearth.client.data.SearchRequest;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A relationship by the id that an application gives a conversation. Safe for many threads. */
public final class NamedRelationship {

    private static final Pattern BY_NAMES = Pattern.compile("([a-z0-9-]{1,64}):(.+)", Pattern.DOTALL);
    private static final Pattern BY_ID = Pattern.compile("rel_[0-9A-Za-z_-]+");

    private final RelationshipClient relationship;
    private final boolean canBeMade;

    private NamedRelationship(RelationshipClient relationship, boolean canBeMade) {
        this.relationship = relationship;
        this.canBeMade = canBeMade;
    }

    /**
     * The relationship that an id names; asks nothing yet.
     *
     * @param id {@code companion:user}, the user by the application's own name; or {@code rel_...}
     * @throws IllegalArgumentException where it is neither. Its message does not repeat the id, which may name a person
     */
    public static NamedRelationship of(HearthClient hearth, @Nullable Object id) {
        String name = id == null ? "" : id.toString();
        Matcher names = BY_NAMES.matcher(name);
        if (names.matches()) {
            return new NamedRelationship(hearth.relationship(names.group(1), names.group(2)), true);
        }
        if (BY_ID.matcher(name).matches()) {
            return new NamedRelationship(hearth.relationship(name), false);
        }
        throw new IllegalArgumentException("The id of this conversation names no relationship. Give every conversation"
                + " the id companion:user, as in \"aria:anna\", or a relationship's own id \"rel_...\".");
    }

    /**
     * The memories that answer a query, best first. What is no text of Hearth's, or beyond its limit, is left out of the
     * query; with nothing left nothing is found.
     *
     * @param most 1 to 100
     */
    public List<Hit> search(String query, int most) {
        String words = Words.taken(query);
        return words.isBlank()
                ? List.of()
                : ask(it -> it.search(SearchRequest.of(words).limit(most))).hits();
    }

    /**
     * Asks the relationship, which is made first where it is missing and was named by companion and user.
     *
     * @throws HearthException where there is no such companion, too
     */
    public <T> T ask(Function<RelationshipClient, T> question) {
        try {
            return question.apply(relationship);
        } catch (HearthException e) {
            if (!canBeMade || e.code() != Code.NOT_FOUND) {
                throw e;
            }
            relationship.ensure();
            return question.apply(relationship);
        }
    }
}
