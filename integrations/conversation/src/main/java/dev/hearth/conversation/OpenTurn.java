package dev.hearth.conversation;

import dev.hearth.client.HearthException;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * What a user said and no reply has answered yet. Recorded under one context token however often it is tried, so that a
 * lost acknowledgement doubles nothing. For one thread at a time.
 */
final class OpenTurn {

    private static final System.Logger LOG = System.getLogger(OpenTurn.class.getName());

    private static final String BETWEEN = "\n\n";

    private final NamedRelationship relationship;
    private final LinkedHashSet<String> said = new LinkedHashSet<>();
    private @Nullable String token;

    OpenTurn(NamedRelationship relationship) {
        this.relationship = relationship;
    }

    /** The same words again are those of a call that is made again. */
    void say(String text) {
        String words = Words.taken(text);
        if (!words.isBlank() && said.add(words)) {
            token = null;
        }
    }

    boolean waits() {
        return !said.isEmpty();
    }

    /** Records the turn, which then is durable. Where that fails it stays open, unless Hearth refuses its words. */
    void answer(String reply) {
        String words = words();
        String before = token;
        try {
            if (before == null || !recorded(before, words, reply)) {
                String composed = relationship.ask(it -> it.context(words)).contextToken();
                token = composed;
                relationship.ask(it -> it.record(composed, words, Words.taken(reply)));
            }
        } catch (HearthException e) {
            if (refused(e)) {
                drop();
            }
            throw e;
        }
        drop();
    }

    /** Tries again under the token of a try whose outcome is not known; false where it is too old by now. */
    private boolean recorded(String before, String words, String reply) {
        try {
            relationship.ask(it -> it.record(before, words, Words.taken(reply)));
            return true;
        } catch (HearthException e) {
            if (e.code() == HearthException.Code.IDEMPOTENCY_MISMATCH) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "A turn had been recorded with the reply of an earlier try, whose acknowledgement was lost. That"
                                + " reply is kept.");
                return true;
            }
            if (refused(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean refused(HearthException e) {
        return switch (e.code()) {
            case INVALID_REQUEST, TOO_LARGE -> true;
            case UNAUTHORIZED,
                    FORBIDDEN,
                    NOT_FOUND,
                    UNKNOWN_FIELD,
                    CONFLICT,
                    TURN_IN_PROGRESS,
                    IDEMPOTENCY_MISMATCH,
                    RATE_LIMITED,
                    OVERLOADED,
                    MODEL_UNAVAILABLE,
                    DEADLINE_EXCEEDED,
                    INTERNAL,
                    UNKNOWN -> false;
        };
    }

    void drop() {
        said.clear();
        token = null;
    }

    private String words() {
        while (said.size() > 1 && String.join(BETWEEN, said).length() > Words.MOST) {
            said.removeFirst();
        }
        return String.join(BETWEEN, said);
    }
}
