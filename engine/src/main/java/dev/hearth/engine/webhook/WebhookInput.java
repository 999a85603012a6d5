package dev.hearth.engine.webhook;

import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Happening;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What may be said of a webhook. */
final class WebhookInput {

    private static final int MAX_URL = 2_000;
    private static final int MAX_PATTERNS = 20;
    private static final int MAX_DESCRIPTION = 200;

    private WebhookInput() {}

    static URI url(String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (web
                    && text.length() <= MAX_URL
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below, like every other text that is no such address.
        }
        throw Problem.invalid("url is an http or https address of at most 2,000 characters, without a user or a"
                + " fragment in it, as in https://example.org/hooks.");
    }

    static List<String> events(List<String> patterns) {
        Set<String> known = new TreeSet<>();
        known.add("*");
        Arrays.stream(Happening.Type.values()).map(Happening.Type::wire).forEach(type -> {
            known.add(type);
            known.add(type.substring(0, type.indexOf('.') + 1) + "*");
        });
        if (patterns.isEmpty() || patterns.size() > MAX_PATTERNS || !known.containsAll(patterns)) {
            throw Problem.invalid("events lists 1 to 20 of: " + String.join(", ", known) + ".");
        }
        return List.copyOf(new LinkedHashSet<>(patterns));
    }

    static String description(String text) {
        if (text.length() > MAX_DESCRIPTION) {
            throw Problem.invalid("description has at most 200 characters.");
        }
        return text;
    }
}
