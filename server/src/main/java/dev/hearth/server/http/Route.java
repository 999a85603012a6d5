package dev.hearth.server.http;

import java.util.regex.Pattern;

/**
 * One thing that can be asked of the server.
 *
 * @param template the path, with {@code {name}} for what varies; one name is one segment
 * @param access which key is needed
 * @param problems how its problems are told
 */
public record Route(Method method, String template, Access access, ProblemShape problems, Action action) {

    private static final Pattern VARIABLE = Pattern.compile("\\{[a-z_]+}");

    /** Who may ask. */
    public enum Access {
        /** Whoever has any key. */
        CHAT_KEY,
        /** Whoever has a key of an application's, or the operator's. */
        KEY,
        /** Only who has the operator's key. */
        OPERATOR_KEY,
        /** As {@link #KEY}; from this machine also without it while the server listens on this machine only. */
        KEY_UNLESS_LOCAL,
        /** Anybody. */
        OPEN
    }

    /** Answers a request. Runs on a virtual thread of its own and may block. */
    @FunctionalInterface
    public interface Action {
        void answer(Exchange exchange) throws Exception;
    }

    public Route(Method method, String template, Access access, Action action) {
        this(method, template, access, Problems.RFC_9457, action);
    }

    public static Route keyed(Method method, String template, Action action) {
        return new Route(method, template, Access.KEY, action);
    }

    /** The route as people name it, as in {@code GET /v1/turns/{id}}. */
    String name() {
        return method.name() + " " + template;
    }

    /** Whether a path as it was sent, undecoded, is one of this route's. */
    boolean matches(String rawPath) {
        String[] wanted = template.split("/", -1);
        String[] given = rawPath.split("/", -1);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            boolean fits = VARIABLE.matcher(wanted[i]).matches() ? !given[i].isEmpty() : wanted[i].equals(given[i]);
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
