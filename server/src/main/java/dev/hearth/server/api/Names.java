package dev.hearth.server.api;

import dev.hearth.engine.problem.Problem;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Refusal;
import dev.hearth.server.http.Texts;

/** The names in paths. One that cannot be anybody's is told at once; whether it is somebody's, the engine knows. */
final class Names {

    private Names() {}

    /** The slug of a companion that is about to be made or replaced. */
    static String newSlug(Exchange exchange) {
        String slug = exchange.path("slug");
        if (!Texts.isSlug(slug)) {
            throw Refusal.invalid(
                    "slug",
                    "A companion's id is 1 to 64 characters of a-z, 0-9 and \"-\", as in \"aria\" or \"old-friend\".");
        }
        return slug;
    }

    static String slug(Exchange exchange) {
        return existingSlug(exchange.path("slug"));
    }

    private static String existingSlug(String slug) {
        if (!Texts.isSlug(slug)) {
            throw Problem.notFound(
                    "There is no such companion: an id is 1 to 64 characters of a-z, 0-9 and \"-\". GET /v1/companions lists them.");
        }
        return slug;
    }

    static String externalId(Exchange exchange) {
        return Texts.checkExternalId(exchange.path("external_id"), "external_id");
    }

    /** A relationship's own id, or {@code companion:external_id}. */
    static String relationship(Exchange exchange) {
        String rid = exchange.path("rid");
        int colon = rid.indexOf(':');
        if (colon >= 0) {
            existingSlug(rid.substring(0, colon));
            Texts.checkExternalId(rid.substring(colon + 1), "rid");
        } else if (!rid.startsWith("rel_")) {
            throw Problem.notFound(
                    "There is no such relationship: an id begins with \"rel_\", or is COMPANION:EXTERNAL_ID.");
        }
        return rid;
    }
}
