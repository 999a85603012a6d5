package dev.hearth.engine.partition;

import java.util.function.UnaryOperator;

/** The end users. */
public interface Users {

    /** Makes the user, or replaces everything said of it. */
    User put(String externalId, UserProfile profile);

    /** Changes what is said of the user; a problem {@code not_found} where there is none. */
    User patch(String externalId, UnaryOperator<UserProfile> change);

    /** The user; a problem {@code not_found} where there is none. */
    User get(String externalId);

    /** Erases everything of the user from every store and destroys the key; blocks until it is verified. */
    Receipt erase(String externalId);
}
