package dev.hearth.server.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is set, defaults filled in.
 *
 * @param apiKey the operator's key where it is set by hand; null to keep one in the data folder; never printed
 * @param residentBytes memory for relationships held in memory; null for a quarter of the heap
 * @param embedderThreads 0 for the embedder's own choice
 * @param queryCache of how many queries the vectors are kept for some minutes; 0 for none
 * @param webhooksAllowPrivate whether webhooks may go to private, loopback and link-local addresses
 * @param fallback who speaks where the model gives no reply; null for nobody
 * @param stores where everything is kept
 * @param extraction who is asked for facts once a session is over, never the offline voice; null for nobody
 */
public record Config(
        String host,
        int port,
        Path data,
        @Nullable String apiKey,
        String project,
        Duration sessionGap,
        Duration recallBudget,
        Duration firstTokenTimeout,
        Duration replyTimeout,
        @Nullable Long residentBytes,
        Embedding embedder,
        int embedderThreads,
        int queryCache,
        ModelConfig model,
        @Nullable ModelConfig fallback,
        @Nullable ModelConfig extraction,
        StoresConfig stores,
        TiersConfig tiers,
        int maxTurnsInFlight,
        boolean webhooksAllowPrivate) {

    /** How texts become vectors. */
    public enum Embedding {
        /** bge-small in this process. */
        ONNX,
        /** Not at all: recall by words alone. */
        NONE
    }

    @Override
    public String toString() {
        return "Config[" + host + ":" + port + ", " + data + ", " + model + ", " + fallback + ", " + extraction + ", "
                + stores + "]";
    }
}
