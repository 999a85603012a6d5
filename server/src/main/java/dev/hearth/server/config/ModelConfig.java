package dev.hearth.server.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One chat model.
 *
 * @param url the endpoint's base URL; null where the kind has a usual one, or none
 * @param name the model's name at the endpoint; empty for the offline voice
 * @param key the endpoint's key, or null; never printed
 */
public record ModelConfig(
        Kind kind, @Nullable URI url, String name, @Nullable String key, Price price) {

    /** The offline voice: no model. */
    public static final ModelConfig OFFLINE = new ModelConfig(Kind.OFFLINE, null, "", null, Price.FREE);

    /** How a model is spoken to. */
    public enum Kind {
        /** Any endpoint that speaks OpenAI's chat completions. */
        OPENAI,
        /** Anthropic's messages. */
        ANTHROPIC,
        /** Hearth's own voice, without a model. */
        OFFLINE
    }

    /** US dollars for a million tokens. */
    public record Price(double input, double cachedInput, double output) {
        public static final Price FREE = new Price(0, 0, 0);
    }

    /** The same model at these prices. */
    ModelConfig at(Price prices) {
        return new ModelConfig(kind, url, name, key, prices);
    }

    @Override
    public String toString() {
        return "ModelConfig[" + kind + ", " + url + ", " + name + "]";
    }
}
