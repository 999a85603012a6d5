package dev.hearth.llm;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a model answers.
 *
 * @param baseUrl http or https; without a path {@code /v1} is meant, otherwise the path is kept as it is and
 *     {@code /chat/completions} or {@code /messages} is added to it
 * @param model the model's name as the endpoint knows it
 * @param key the endpoint's key, or null for one that needs none (a local server)
 * @param connectTimeout how long connecting may take before the endpoint counts as unavailable
 */
public record ModelEndpoint(
        URI baseUrl, String model, @Nullable String key, Duration connectTimeout) {

    /** Refuses what cannot work, naming the setting to look at and never its secret value. */
    public ModelEndpoint {
        String scheme = baseUrl.getScheme();
        if (!("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("HEARTH_MODEL_URL must be an http or https address with a host");
        }
        if (baseUrl.getRawUserInfo() != null || baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "HEARTH_MODEL_URL must hold no user, query or fragment; a key belongs into HEARTH_MODEL_KEY");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("HEARTH_MODEL must name a model");
        }
        key = key == null || key.isBlank() ? null : key.strip();
        if (key != null && !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("HEARTH_MODEL_KEY holds a character that no key has");
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("the connect timeout must be positive");
        }
    }

    /** The host and port, for messages. */
    String host() {
        return baseUrl.getPort() < 0 ? baseUrl.getHost() : baseUrl.getHost() + ":" + baseUrl.getPort();
    }

    /** The address of {@code resource}, which begins with a slash. */
    URI at(String resource) {
        String base = baseUrl.toString().replaceAll("/+$", "");
        String path = baseUrl.getRawPath();
        boolean bare = path == null || path.replace("/", "").isEmpty();
        return URI.create(base.endsWith(resource) ? base : base + (bare ? "/v1" : "") + resource);
    }

    /** Everything but the key. */
    @Override
    public String toString() {
        return "ModelEndpoint[" + baseUrl + ", model=" + model + ", key=" + (key == null ? "none" : "***") + "]";
    }
}
