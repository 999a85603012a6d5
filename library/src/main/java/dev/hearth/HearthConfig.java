package dev.hearth;

import dev.hearth.engine.Settings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Hearth} is opened with. Immutable; the {@code with} methods answer another.
 *
 * @param data the data folder, made where it is missing; one process at a time may have it where the stores lie there
 * @param settings what the engine may take
 * @param voices who speaks, in order of preference, at least one: the next is tried where one gives no reply
 * @param embedding how texts become vectors
 * @param webhooks where webhooks may go
 * @param extractor who is asked what sessions that are over told of the user; null to ask nobody
 * @param stores where everything is kept
 * @param operatorKey the 32 bytes that wrap every user's key; null to keep one in the data folder. Never printed
 */
@SuppressWarnings("ArrayRecordComponent") // a secret that is handed on, never compared
public record HearthConfig(
        Path data,
        Settings settings,
        List<Voice> voices,
        Embedding embedding,
        Webhooks webhooks,
        @Nullable Voice extractor,
        Stores stores,
        byte @Nullable [] operatorKey) {

    private static final int KEY_BYTES = 32;

    /**
     * How texts become vectors.
     *
     * @param on false to remember and recall by words alone
     * @param threads how many of the processor's threads it may use; 0 for its own choice
     */
    public record Embedding(boolean on, int threads) {

        /** bge-small in this process. */
        public static final Embedding IN_PROCESS = new Embedding(true, 0);

        public static final Embedding NONE = new Embedding(false, 0);
    }

    /** Where webhooks may go. */
    public enum Webhooks {
        /** Addresses of the public internet only. */
        PUBLIC,
        /** Any address, those of the own machine and network among them. */
        ANYWHERE,
        /** There are none: nothing is sent, and none can be made. */
        NONE
    }

    public HearthConfig {
        voices = List.copyOf(voices);
        if (voices.isEmpty()) {
            throw new IllegalArgumentException("At least one voice is needed; Voice.offline() always works.");
        }
        if (extractor instanceof Voice.Offline) {
            throw new IllegalArgumentException("The offline voice extracts nothing: name a model, or none.");
        }
        if (operatorKey != null && operatorKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("The operator's key has " + KEY_BYTES + " bytes.");
        }
    }

    /** Everything in this folder, the offline voice, and defaults for the rest. */
    public static HearthConfig in(Path data) {
        return new HearthConfig(
                data,
                Settings.defaults(),
                List.of(Voice.offline()),
                Embedding.IN_PROCESS,
                Webhooks.PUBLIC,
                null,
                Stores.EMBEDDED,
                null);
    }

    public HearthConfig withVoices(Voice... inOrder) {
        return new HearthConfig(data, settings, List.of(inOrder), embedding, webhooks, extractor, stores, operatorKey);
    }

    public HearthConfig withSettings(Settings others) {
        return new HearthConfig(data, others, voices, embedding, webhooks, extractor, stores, operatorKey);
    }

    public HearthConfig withEmbedding(Embedding other) {
        return new HearthConfig(data, settings, voices, other, webhooks, extractor, stores, operatorKey);
    }

    public HearthConfig withWebhooks(Webhooks other) {
        return new HearthConfig(data, settings, voices, embedding, other, extractor, stores, operatorKey);
    }

    /**
     * Has facts extracted from what users said, once a session is over: it is sent to this model. What it costs is reckoned
     * with the settings' prices.
     */
    public HearthConfig withExtractor(Voice model) {
        return new HearthConfig(data, settings, voices, embedding, webhooks, model, stores, operatorKey);
    }

    /** Keeps everything elsewhere. */
    public HearthConfig withStores(Stores others) {
        return new HearthConfig(data, settings, voices, embedding, webhooks, extractor, others, operatorKey);
    }

    public HearthConfig withOperatorKey(byte[] key) {
        return new HearthConfig(data, settings, voices, embedding, webhooks, extractor, stores, key);
    }

    @Override
    public String toString() {
        return "HearthConfig[" + data + ", " + voices + "]";
    }
}
