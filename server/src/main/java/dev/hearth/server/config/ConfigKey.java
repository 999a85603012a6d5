package dev.hearth.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Every key of the configuration file. */
public enum ConfigKey {
    HOST,
    PORT,
    DATA,
    API_KEY,
    PROJECT,
    SESSION_GAP,
    RECALL_BUDGET,
    FIRST_TOKEN_TIMEOUT,
    REPLY_TIMEOUT,
    RESIDENT_MEMORY,
    EMBEDDER,
    EMBEDDER_THREADS,
    QUERY_CACHE,
    MAX_TURNS_IN_FLIGHT,
    WEBHOOKS_ALLOW_PRIVATE("webhooks.allow_private"),
    WARM_KIND("warm.kind"),
    WARM_ENDPOINT("warm.endpoint"),
    WARM_REGION("warm.region"),
    WARM_TABLE("warm.table"),
    WARM_KEYS_TABLE("warm.keys_table"),
    WARM_ACCESS_KEY_ID("warm.access_key_id"),
    WARM_SECRET_ACCESS_KEY("warm.secret_access_key"),
    HOT_KIND("hot.kind"),
    HOT_URL("hot.url"),
    HOT_CLUSTER("hot.cluster"),
    HOT_PREFIX("hot.prefix"),
    COLD_KIND("cold.kind"),
    COLD_ENDPOINT("cold.endpoint"),
    COLD_REGION("cold.region"),
    COLD_BUCKET("cold.bucket"),
    COLD_PREFIX("cold.prefix"),
    COLD_PATH_STYLE("cold.path_style"),
    COLD_ACCESS_KEY_ID("cold.access_key_id"),
    COLD_SECRET_ACCESS_KEY("cold.secret_access_key"),
    TIERS_HOT_DAYS("tiers.hot_days"),
    TIERS_WARM_DAYS("tiers.warm_days"),
    TIERS_SIGNIFICANCE("tiers.significance"),
    VECTORS_KIND("vectors.kind"),
    VECTORS_HOST("vectors.host"),
    VECTORS_API_KEY("vectors.api_key"),
    MODEL_KIND("model.kind"),
    MODEL_URL("model.url"),
    MODEL_NAME("model.name"),
    MODEL_KEY("model.key"),
    MODEL_PRICE_INPUT("model.price.input"),
    MODEL_PRICE_CACHED_INPUT("model.price.cached_input"),
    MODEL_PRICE_OUTPUT("model.price.output"),
    FALLBACK_MODEL_KIND("fallback_model.kind"),
    FALLBACK_MODEL_URL("fallback_model.url"),
    FALLBACK_MODEL_NAME("fallback_model.name"),
    FALLBACK_MODEL_KEY("fallback_model.key"),
    EXTRACTION_MODEL_KIND("extraction_model.kind"),
    EXTRACTION_MODEL_URL("extraction_model.url"),
    EXTRACTION_MODEL_NAME("extraction_model.name"),
    EXTRACTION_MODEL_KEY("extraction_model.key"),
    EXTRACTION_MODEL_PRICE_INPUT("extraction_model.price.input"),
    EXTRACTION_MODEL_PRICE_CACHED_INPUT("extraction_model.price.cached_input"),
    EXTRACTION_MODEL_PRICE_OUTPUT("extraction_model.price.output");

    private final String path;

    ConfigKey() {
        this.path = name().toLowerCase(Locale.ROOT);
    }

    ConfigKey(String path) {
        this.path = path;
    }

    /** The key as it is written, nested ones joined by dots. */
    public String path() {
        return path;
    }

    static Optional<ConfigKey> find(String path) {
        return Arrays.stream(values()).filter(key -> key.path.equals(path)).findFirst();
    }

    /** Whether further keys stand under this one. */
    static boolean isGroup(String path) {
        return Arrays.stream(values()).anyMatch(key -> key.path.startsWith(path + "."));
    }

    /** The words that may stand under a prefix (empty, or ending with a dot). */
    static SortedSet<String> namesUnder(String prefix) {
        SortedSet<String> names = new TreeSet<>();
        for (ConfigKey key : values()) {
            if (key.path.startsWith(prefix)) {
                names.add(key.path.substring(prefix.length()).split("\\.", 2)[0]);
            }
        }
        return names;
    }
}
