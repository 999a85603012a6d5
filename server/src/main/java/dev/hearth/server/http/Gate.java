package dev.hearth.server.http;

import dev.hearth.engine.problem.Code;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may pass. Everything needs a key unless its route says otherwise. While the server listens on this machine only,
 * requests that a web page of another site makes a browser send are refused as well.
 *
 * @param callers whose key it is; empty for nobody's. Takes the same time for every wrong one
 * @param localOnly whether the server listens on a loopback address
 */
public record Gate(Function<String, Optional<Caller>> callers, boolean localOnly) {

    private static final String HOW =
            "Send the header \"Authorization: Bearer KEY\" with the key that the server printed"
                    + " at its start (also in the data folder's file api-key).";
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]+]?");

    void check(Exchange exchange, Route.Access access) {
        String origin = exchange.header("Origin");
        if (localOnly && origin != null && !isLoopbackOrigin(origin)) {
            throw new Refusal(
                    Code.FORBIDDEN,
                    "Origin",
                    "A web page of another site sent this request, and this server listens on its own machine only.");
        }
        boolean open = switch (access) {
            case OPEN -> true;
            case CHAT_KEY, KEY, OPERATOR_KEY -> false;
            case KEY_UNLESS_LOCAL -> localOnly && exchange.isLocal();
        };
        String authorization = exchange.header("Authorization");
        if (open && (access == Route.Access.OPEN || authorization == null)) {
            return;
        }
        if (authorization == null) {
            throw new Refusal(Code.UNAUTHORIZED, "Authorization", "No key was sent. " + HOW);
        }
        String[] parts = authorization.strip().split("\\s+", 2);
        if (parts.length < 2 || !parts[0].equalsIgnoreCase("Bearer")) {
            throw new Refusal(
                    Code.UNAUTHORIZED, "Authorization", "The Authorization header holds no bearer key. " + HOW);
        }
        Caller caller = callers.apply(parts[1])
                .orElseThrow(
                        () -> new Refusal(Code.UNAUTHORIZED, "Authorization", "The key is not this server's. " + HOW));
        Caller.Scope wanted = wanted(access);
        if (!caller.may(wanted)) {
            throw new Refusal(
                    Code.FORBIDDEN,
                    "Authorization",
                    "The key \"" + Texts.shown(caller.name(), 64) + "\" may not do this: it has the scope "
                            + caller.scope().name().toLowerCase(Locale.ROOT) + ", and this takes "
                            + wanted.name().toLowerCase(Locale.ROOT) + ".");
        }
        exchange.setCaller(caller);
    }

    private static Caller.Scope wanted(Route.Access access) {
        return switch (access) {
            case OPEN, CHAT_KEY -> Caller.Scope.CHAT;
            case KEY, KEY_UNLESS_LOCAL -> Caller.Scope.APP;
            case OPERATOR_KEY -> Caller.Scope.OPERATOR;
        };
    }

    private static boolean isLoopbackOrigin(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && isLoopback(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a host's name or address can only mean this machine. Resolves no names. */
    public static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        if (!LITERAL.matcher(name).matches()) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(name.replace("[", "").replace("]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
