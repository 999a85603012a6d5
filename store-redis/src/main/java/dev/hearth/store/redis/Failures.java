package dev.hearth.store.redis;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.LostConnection;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Redis or the way to it says, in the words of the contract. */
final class Failures {

    private static final Set<String> REFUSALS = Set.of("NOAUTH", "WRONGPASS", "NOPERM", "DENIED", "ERR");

    private final String where;

    Failures(RedisSettings settings) {
        this.where = settings.where();
    }

    StoreException of(@Nullable Throwable failure) {
        return switch (failure) {
            case RedisCommandExecutionException refused -> refused(refused);
            case RedisException lost -> lost(lost);
            case IOException lost -> lost(lost);
            case null, default ->
                throw new IllegalStateException("The client of Redis failed in a way it does not know.", failure);
        };
    }

    StoreException lost(Exception cause) {
        return new StoreException(
                Kind.UNAVAILABLE,
                "The connection to " + where + " is lost. A write may have happened. It comes back by itself.",
                cause);
    }

    StoreException away(@Nullable Throwable cause) {
        Throwable root = root(cause);
        if (root instanceof RedisCommandExecutionException refused) {
            return refused(refused);
        }
        String why = LostConnection.words(cause);
        return new StoreException(
                Kind.UNAVAILABLE,
                "There is no connection to " + where + (why == null ? "" : ": " + why)
                        + ". Nothing was written. Start it, or correct its address.",
                cause);
    }

    StoreException late() {
        return new StoreException(
                Kind.DEADLINE, "There was no answer of " + where + " by the deadline. A write may have happened.");
    }

    StoreException overloaded() {
        return new StoreException(
                Kind.UNAVAILABLE,
                "Too much is on the way to " + where + " without an answer already. Nothing was written.");
    }

    StoreException interrupted(InterruptedException cause) {
        return new StoreException(
                Kind.UNAVAILABLE, "The wait for " + where + " was interrupted. A write may have happened.", cause);
    }

    static void admit(boolean closed, String what) {
        if (closed) {
            throw new StoreException(Kind.CLOSED, "Closed: " + what + ".");
        }
    }

    static void admit(boolean closed, String what, Deadline deadline) {
        admit(closed, what);
        if (deadline.expired()) {
            throw new StoreException(
                    Kind.DEADLINE, "The deadline had passed before " + what + " began; nothing was changed.");
        }
    }

    /** Whether Redis is there and will not have us, which no waiting mends. */
    static boolean isRefusal(Throwable failure) {
        return root(failure) instanceof RedisCommandExecutionException refused
                && REFUSALS.contains(code(String.valueOf(refused.getMessage())));
    }

    /** Redis's answer begins with a code; the rest may repeat what was sent and is not told. */
    private StoreException refused(RedisCommandExecutionException refused) {
        String answer = String.valueOf(refused.getMessage());
        if (answer.contains("OOM ")) {
            return new StoreException(
                    Kind.FULL,
                    "The memory of " + where + " is full; nothing was written. Raise maxmemory, or set "
                            + "maxmemory-policy to allkeys-lru.",
                    refused);
        }
        if (answer.contains("READONLY ")) {
            return new StoreException(
                    Kind.READ_ONLY, "There is a replica behind " + where + ": name its primary.", refused);
        }
        return new StoreException(
                Kind.UNAVAILABLE,
                switch (code(answer)) {
                    case "NOAUTH", "WRONGPASS" -> "The user or password is wrong for " + where + ".";
                    case "ERR" ->
                        "There is " + where + ", and it refuses. Check the user, password and database of "
                                + "its address, and that it is Redis 6 or newer.";
                    case "NOPERM" -> "The user of " + where + " may not use Hearth's keys or commands (NOPERM).";
                    default -> "There is " + where + ", and it refuses: " + code(answer) + ".";
                },
                refused);
    }

    private static String code(String answer) {
        int end = answer.indexOf(' ');
        return end < 0 ? answer : answer.substring(0, end);
    }

    private static @Nullable Throwable root(@Nullable Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
