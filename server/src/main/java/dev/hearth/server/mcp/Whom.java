package dev.hearth.server.mcp;

import dev.hearth.engine.Engine;
import dev.hearth.engine.persona.Companion;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Relationship;
import dev.hearth.server.http.Caller;
import dev.hearth.server.http.Fields;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which companion and which user a call is about, and what of a user's a key may touch. */
final class Whom {

    static final String COMPANION = "companion";
    static final String USER = "user";
    static final String MEMORY_ID = "memory_id";
    static final int MAX_ID = 128;

    private static final int MAX_SLUG = 64;
    private static final int SHOWN = 20;

    private final Supplier<Engine> engine;

    Whom(Supplier<Engine> engine) {
        this.engine = engine;
    }

    /** Adds the arguments that this class reads. */
    static Schema arguments(Schema input) {
        return input.maybe(
                        COMPANION,
                        Schema.string(
                                        "Which companion: its id, as list_companions tells it. May be left out where there"
                                                + " is exactly one.",
                                        1,
                                        MAX_SLUG)
                                .and("pattern", "^[a-z0-9-]+$"))
                .maybe(
                        USER,
                        Schema.string(
                                "Which user, by the application's own id. Leave it out to speak for the key's own user;"
                                        + " only a trusted key may name another.",
                                1,
                                256));
    }

    /** The relationship as {@code companion:external_id}, whether or not there is one. */
    String address(Call call, Fields arguments) {
        return companion(arguments) + ":" + user(call.caller(), arguments);
    }

    /** The relationship; a problem {@code not_found} where there is none. */
    Relationship known(Call call, Fields arguments) {
        String address = address(call, arguments);
        try {
            return engine.get().relationships().get(address);
        } catch (Problem problem) {
            throw problem.code() == Code.NOT_FOUND
                    ? Problem.notFound("This companion and this user have nothing together yet. The tool chat begins a"
                            + " relationship; list_companions lists the companions.")
                    : problem;
        }
    }

    /** The relationship; begins where there is none. */
    Relationship begun(Call call, Fields arguments) {
        String user = user(call.caller(), arguments);
        String companion = companion(arguments);
        try {
            return engine.get().relationships().ensure(companion, user);
        } catch (Problem problem) {
            throw problem.code() == Code.NOT_FOUND
                    ? Problem.notFound("There is no such companion. The tool list_companions lists them.")
                    : problem;
        }
    }

    String companion(Fields arguments) {
        String named = arguments.optionalLine(COMPANION, MAX_SLUG);
        if (named != null) {
            return named;
        }
        List<Companion> companions = engine.get().companions().list(SHOWN, null).data();
        if (companions.size() == 1) {
            return companions.getFirst().id();
        }
        throw companions.isEmpty()
                ? Problem.notFound("There is no companion yet. The operator makes one with PUT /v1/companions/{id}.")
                : Problem.invalid("Say which companion with the argument \"companion\": "
                        + companions.stream().map(Companion::id).collect(Collectors.joining(", "))
                        + (companions.size() < SHOWN ? "." : ", and maybe others: list_companions lists them."));
    }

    private static String user(Caller caller, Fields arguments) {
        String own = caller.defaultUser();
        String named = arguments.any(USER) == null ? null : arguments.externalId(USER);
        if (named != null && (caller.trusted() || named.equals(own))) {
            return named;
        }
        if (named != null) {
            throw new Problem(
                    Code.FORBIDDEN,
                    "This key speaks for its own user only. Leave the argument \"user\" out; a key that may name"
                            + " others is made with \"trusted\": true.");
        }
        if (own == null) {
            throw Problem.invalid(
                    caller.trusted()
                            ? "This key has no user of its own. Say which one with the argument \"user\"."
                            : "This key has no user of its own and may name none. Make one with a \"default_user\".");
        }
        return own;
    }

    static Schema memoryId() {
        return Schema.string("The memory's id, as search_memories tells it: mem_...", 1, MAX_ID);
    }

    /** The memory that the arguments name, as {@link #visible}. */
    String memory(Call call, Fields arguments) {
        return visible(call, arguments.line(MEMORY_ID, MAX_ID));
    }

    /**
     * An id of a turn or a memory as it may be asked for. One that is not the caller's becomes one that nothing has, so
     * that it is answered as every unknown one.
     */
    String visible(Call call, String id) {
        Caller caller = call.caller();
        String own = caller.defaultUser();
        boolean theirs =
                caller.trusted() || (own != null && engine.get().users().owns(own, id));
        return theirs ? id : "";
    }
}
