package dev.hearth.engine.plan;

import java.util.List;
import java.util.Optional;

/**
 * A service level.
 *
 * @param name as users carry it
 * @param contextTokens how large a prompt may be, estimated tokens
 * @param memories how many memories a prompt may hold
 * @param replyTokens how long a reply may be
 */
public record Plan(String name, int contextTokens, int memories, int replyTokens) {

    public static final Plan FREE = new Plan("free", 2_000, 6, 200);
    public static final Plan PLUS = new Plan("plus", 4_000, 12, 400);
    public static final Plan PREMIUM = new Plan("premium", 6_000, 20, 800);

    public static final List<Plan> ALL = List.of(FREE, PLUS, PREMIUM);

    /** The plan of a user of whom nothing else was said. */
    public static final Plan DEFAULT = PLUS;

    public static Optional<Plan> named(String name) {
        return ALL.stream().filter(plan -> plan.name.equals(name)).findFirst();
    }
}
