package dev.hearth.engine.turn;

import dev.hearth.engine.partition.User;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.persona.Companion;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.plan.Plan;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.time.ZoneId;

/**
 * Who talks with whom.
 *
 * @param companion the character
 * @param user the person
 */
record Setting(Companion companion, User user) {

    private static final Duration WAIT = Duration.ofSeconds(5);

    Plan plan() {
        return Plan.named(user.plan()).orElse(Plan.DEFAULT);
    }

    ZoneId zone() {
        return user.zone();
    }

    /** The prompt's section on the user, as it is frozen for a session. */
    String profile() {
        String name = user.displayName();
        String locale = user.locale();
        return (name == null ? "" : "The user is called " + name + ".\n")
                + (locale == null ? "" : "The user's language is " + locale + ".\n");
    }

    String userName() {
        String name = user.displayName();
        return name == null ? "the user" : name;
    }

    /** Reads both at once. */
    static Setting read(Resident resident, Companions companions, Users users, Clock clock) {
        try (Scope scope = new Scope(clock)) {
            Deadline deadline = Deadline.after(clock, WAIT);
            Fork<Companion> companion =
                    scope.fork("persona", () -> companions.known(resident.head().companion()));
            Users.Stored user = users.known(resident.key().partition(), resident.life());
            if (user == null) {
                throw Problem.notFound("The user of this relationship does not exist (any more).");
            }
            return new Setting(value(companion, deadline), user.record().user());
        }
    }

    private static <T> T value(Fork<T> fork, Deadline deadline) {
        return switch (fork.await(deadline)) {
            case Fork.Result.Done<T>(T value, long nanos) -> value;
            case Fork.Result.Late<T> late ->
                throw new Problem(Code.DEADLINE_EXCEEDED, "The companion was not read in time. Send it again.");
            case Fork.Result.Failed<T>(Throwable cause, long nanos) ->
                throw cause instanceof Problem problem
                        ? problem
                        : new IllegalStateException("Reading the companion failed.", cause);
        };
    }
}
