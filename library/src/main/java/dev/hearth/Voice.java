package dev.hearth;

import dev.hearth.spi.ChatModel;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Who speaks for the companions. */
public sealed interface Voice {

    /** Hearth's own voice, without a model: for trying and testing, and labelled as such in every reply. */
    static Voice offline() {
        return new Offline();
    }

    /**
     * Any endpoint that speaks OpenAI's chat completions.
     *
     * @param url its base, as in {@code http://127.0.0.1:11434/v1}
     * @param key its key; null for none
     */
    static Voice openAi(URI url, String model, @Nullable String key) {
        return new OpenAi(url, model, key);
    }

    /** Anthropic's messages, at Anthropic's own address. */
    static Voice anthropic(String model, @Nullable String key) {
        return new Anthropic(URI.create("https://api.anthropic.com"), model, key);
    }

    /** A model of yours. It is closed with the {@link Hearth} that it was given to. */
    static Voice of(ChatModel model) {
        return new Own(model);
    }

    /** See {@link #offline}. */
    record Offline() implements Voice {}

    /** See {@link #openAi}. */
    record OpenAi(URI url, String model, @Nullable String key) implements Voice {
        @Override
        public String toString() {
            return "OpenAi[" + url + ", " + model + "]";
        }
    }

    /** See {@link #anthropic}. */
    record Anthropic(URI url, String model, @Nullable String key) implements Voice {
        @Override
        public String toString() {
            return "Anthropic[" + url + ", " + model + "]";
        }
    }

    /** See {@link #of}. */
    record Own(ChatModel model) implements Voice {}
}
