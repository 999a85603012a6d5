package dev.hearth.engine.relationship;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a new session begins: after a gap, or where an import names another. Imports have sessions of their own beside
 * the live one, so that an old history that comes in during a conversation does not end it.
 *
 * @param gap silence after which a new session begins
 */
public record Sessions(Duration gap) {

    /**
     * The live session that a message at {@code said} belongs to.
     *
     * @param carriedFrom where the history of a new session begins: a few messages before it, so that it does not
     *     begin from nothing
     * @param profile the user as a new session freezes it
     */
    public Head.Session live(Head head, Instant said, long carriedFrom, String profile) {
        Head.Session present = head.session();
        if (!over(present.lastAt(), said)) {
            return new Head.Session(present.ordinal(), said, present.windowFrom(), present.profile());
        }
        return new Head.Session(next(head), said, Math.max(present.windowFrom(), carriedFrom), profile);
    }

    /** The session that an imported message belongs to. */
    Head.Imports imported(Head head, Instant said, @Nullable String name) {
        Head.Imports present = head.imports();
        boolean named = name != null || present.name() != null;
        boolean begins = present.lastAt() == null
                || (named ? name == null || !name.equals(present.name()) : over(present.lastAt(), said));
        return new Head.Imports(begins ? next(head) : present.ordinal(), name, said);
    }

    /** Whether the live session has ended, as nothing was said for too long. */
    boolean ended(Head head, Instant now) {
        return over(head.session().lastAt(), now);
    }

    private boolean over(@Nullable Instant last, Instant said) {
        return last == null || Duration.between(last, said).abs().compareTo(gap) > 0;
    }

    private static int next(Head head) {
        return Math.max(head.session().ordinal(), head.imports().ordinal()) + 1;
    }
}
