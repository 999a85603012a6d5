package dev.hearth.server;

import dev.hearth.engine.Engine;
import dev.hearth.engine.access.AccessKey;
import dev.hearth.server.auth.OperatorKey;
import dev.hearth.server.http.Caller;
import java.util.Optional;
import java.util.function.Supplier;

/** Who has which key: the operator, or whom the operator gave one. Safe for many threads. */
final class Callers {

    /** The user that the operator speaks for who says nothing else, as when trying a chat client. */
    private static final String OPERATORS_USER = "me";

    private static final Caller OPERATOR = new Caller("operator", Caller.Scope.OPERATOR, true, OPERATORS_USER);

    private final OperatorKey operator;
    private final Supplier<Engine> engine;

    /**
     * @param engine the engine; throws {@code overloaded} while it is not open yet
     */
    Callers(OperatorKey operator, Supplier<Engine> engine) {
        this.operator = operator;
        this.engine = engine;
    }

    /** Whose key it is; empty for nobody's. */
    Optional<Caller> of(String key) {
        return operator.matches(key)
                ? Optional.of(OPERATOR)
                : engine.get().accessKeys().find(key).map(Callers::caller);
    }

    private static Caller caller(AccessKey key) {
        Caller.Scope scope = switch (key.scope()) {
            case CHAT -> Caller.Scope.CHAT;
            case APP -> Caller.Scope.APP;
        };
        return new Caller(key.name(), scope, key.trusted(), key.defaultUser());
    }
}
