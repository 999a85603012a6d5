package dev.hearth.server.openai;

import dev.hearth.engine.problem.Code;
import dev.hearth.server.http.Caller;
import dev.hearth.server.http.Refusal;
import dev.hearth.server.http.Texts;
import org.jspecify.annotations.Nullable;

/** For which user a request speaks. */
final class Speaker {

    static final String HEADER = "X-Companion-User";

    private Speaker() {}

    /**
     * The user's external id: the header's, the body's, the key's own. A key that is not trusted speaks for its own user
     * and nobody else, since otherwise anybody could speak as anybody.
     *
     * @param header what the header says; null for nothing
     * @param body what the body says; null for nothing
     */
    static String of(Caller caller, @Nullable String header, @Nullable String body) {
        String own = caller.defaultUser();
        if (!caller.trusted()) {
            if (header != null && !header.equals(own)) {
                throw new Refusal(
                        Code.FORBIDDEN,
                        HEADER,
                        "This key may not say for whom it speaks: it is not a trusted one. Leave " + HEADER
                                + " out, or have the operator make a trusted key (POST /v1/keys).");
            }
            if (own == null) {
                throw Refusal.invalid(
                        null,
                        "This key speaks for nobody: it has no default_user and is not trusted. Have the operator make"
                                + " another (POST /v1/keys).");
            }
            return own;
        }
        if (header != null && !header.isBlank()) {
            return Texts.checkExternalId(header, HEADER);
        }
        if (body != null) {
            return Texts.checkExternalId(body, "/user");
        }
        if (own == null) {
            throw Refusal.invalid(
                    "/user",
                    "Nothing says who is speaking: send the header " + HEADER
                            + " or the field \"user\", or use a key with a default_user.");
        }
        return own;
    }
}
