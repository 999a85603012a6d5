package dev.hearth.server.config;

import dev.hearth.server.config.ConfigFile.Value;
import dev.hearth.server.config.ModelConfig.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the settings together: flags over environment over file over defaults. */
public final class ConfigReader {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s|m|h)");
    private static final Pattern MEMORY = Pattern.compile("(\\d{1,7})(MB|GB)");
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Map<String, ConfigKey> ENVIRONMENT = Map.of(
            "HEARTH_API_KEY", ConfigKey.API_KEY,
            "HEARTH_MODEL_URL", ConfigKey.MODEL_URL,
            "HEARTH_MODEL", ConfigKey.MODEL_NAME,
            "HEARTH_MODEL_KEY", ConfigKey.MODEL_KEY,
            "HEARTH_PINECONE_API_KEY", ConfigKey.VECTORS_API_KEY);

    private final Map<ConfigKey, Setting> settings = new HashMap<>();

    /**
     * A value and where it was set, for who must change it.
     *
     * @param ambient whether it lies in the environment, where it may have been put for something else
     */
    private record Setting(String text, String where, boolean ambient) {}

    /**
     * Reads the configuration.
     *
     * @param file the configuration file, or null for none
     * @param flags what the command line sets
     * @throws ConfigException naming what cannot be used and where it was set
     */
    public static Config read(@Nullable Path file, Map<String, String> environment, Map<ConfigKey, String> flags) {
        ConfigReader reader = new ConfigReader();
        if (file != null) {
            for (Map.Entry<String, Value> entry : ConfigFile.read(file).entrySet()) {
                ConfigKey key = ConfigKey.find(entry.getKey()).orElseThrow();
                String where = file + ":" + entry.getValue().line() + ": " + key.path();
                reader.settings.put(key, new Setting(entry.getValue().text(), where, false));
            }
        }
        ENVIRONMENT.forEach((name, key) -> {
            String value = environment.get(name);
            if (value != null && !value.isBlank()) {
                reader.settings.put(key, new Setting(value.strip(), "the environment variable " + name, true));
            }
        });
        flags.forEach((key, value) -> reader.settings.put(key, new Setting(value, "--" + key.path(), false)));
        return reader.config();
    }

    private Config config() {
        return new Config(
                text(ConfigKey.HOST, "127.0.0.1"),
                whole(ConfigKey.PORT, 8080, 0, 65_535),
                path(),
                apiKey(),
                project(),
                duration(ConfigKey.SESSION_GAP, Duration.ofMinutes(30)),
                duration(ConfigKey.RECALL_BUDGET, Duration.ofMillis(200)),
                duration(ConfigKey.FIRST_TOKEN_TIMEOUT, Duration.ofSeconds(20)),
                duration(ConfigKey.REPLY_TIMEOUT, Duration.ofMinutes(2)),
                memory(),
                choice(ConfigKey.EMBEDDER, Config.Embedding.class, Config.Embedding.ONNX),
                whole(ConfigKey.EMBEDDER_THREADS, 0, 0, 256),
                whole(ConfigKey.QUERY_CACHE, 0, 0, 100_000),
                model(),
                fallback(),
                extraction(),
                StoresReader.read(this),
                tiers(),
                whole(ConfigKey.MAX_TURNS_IN_FLIGHT, 256, 1, 100_000),
                flag(ConfigKey.WEBHOOKS_ALLOW_PRIVATE));
    }

    private TiersConfig tiers() {
        return new TiersConfig(
                Duration.ofDays(whole(
                        ConfigKey.TIERS_HOT_DAYS,
                        (int) TiersConfig.DEFAULT.hot().toDays(),
                        0,
                        365)),
                Duration.ofDays(whole(
                        ConfigKey.TIERS_WARM_DAYS,
                        (int) TiersConfig.DEFAULT.warm().toDays(),
                        1,
                        36_500)),
                significance());
    }

    private double significance() {
        Setting setting = settings.get(ConfigKey.TIERS_SIGNIFICANCE);
        if (setting == null) {
            return TiersConfig.DEFAULT.significance();
        }
        if (!setting.text.matches("0(\\.\\d{1,6})?|1(\\.0{1,6})?")) {
            throw wrong(setting, "a number from 0 to 1, as in 0.5");
        }
        return Double.parseDouble(setting.text);
    }

    private ModelConfig model() {
        Kind kind = choice(
                ConfigKey.MODEL_KIND,
                Kind.class,
                settings.containsKey(ConfigKey.MODEL_URL) ? Kind.OPENAI : Kind.OFFLINE);
        return model(kind, ConfigKey.MODEL_URL, ConfigKey.MODEL_NAME, ConfigKey.MODEL_KEY)
                .at(new ModelConfig.Price(
                        price(ConfigKey.MODEL_PRICE_INPUT),
                        price(ConfigKey.MODEL_PRICE_CACHED_INPUT),
                        price(ConfigKey.MODEL_PRICE_OUTPUT)));
    }

    private @Nullable ModelConfig extraction() {
        if (settings.keySet().stream().noneMatch(key -> key.path().startsWith("extraction_model."))) {
            return null;
        }
        Kind kind = choice(ConfigKey.EXTRACTION_MODEL_KIND, Kind.class, Kind.OPENAI);
        Setting set = settings.get(ConfigKey.EXTRACTION_MODEL_KIND);
        if (set != null && kind == Kind.OFFLINE) {
            throw wrong(set, "openai or anthropic, since the offline voice extracts nothing");
        }
        return model(
                        kind,
                        ConfigKey.EXTRACTION_MODEL_URL,
                        ConfigKey.EXTRACTION_MODEL_NAME,
                        ConfigKey.EXTRACTION_MODEL_KEY)
                .at(new ModelConfig.Price(
                        price(ConfigKey.EXTRACTION_MODEL_PRICE_INPUT),
                        price(ConfigKey.EXTRACTION_MODEL_PRICE_CACHED_INPUT),
                        price(ConfigKey.EXTRACTION_MODEL_PRICE_OUTPUT)));
    }

    private @Nullable ModelConfig fallback() {
        if (settings.keySet().stream().noneMatch(key -> key.path().startsWith("fallback_model."))) {
            return null;
        }
        Kind kind = choice(ConfigKey.FALLBACK_MODEL_KIND, Kind.class, Kind.OPENAI);
        return model(kind, ConfigKey.FALLBACK_MODEL_URL, ConfigKey.FALLBACK_MODEL_NAME, ConfigKey.FALLBACK_MODEL_KEY);
    }

    private ModelConfig model(Kind kind, ConfigKey urlKey, ConfigKey nameKey, ConfigKey secretKey) {
        URI url = url(urlKey);
        Setting name = settings.get(nameKey);
        Setting secret = settings.get(secretKey);
        if (kind == Kind.OFFLINE) {
            if (name != null) {
                throw new ConfigException(name.where + ": a model is named, but no endpoint; set " + urlKey.path()
                        + " (or HEARTH_MODEL_URL) to its base URL.");
            }
            return ModelConfig.OFFLINE;
        }
        if (name == null) {
            throw new ConfigException(
                    "A model's endpoint is set, but not which model; set " + nameKey.path() + " (or HEARTH_MODEL).");
        }
        if (kind == Kind.OPENAI && url == null) {
            throw new ConfigException(name.where + ": a model is named, but no endpoint; set " + urlKey.path() + ".");
        }
        return new ModelConfig(kind, url, name.text, secret == null ? null : secret.text, ModelConfig.Price.FREE);
    }

    String text(ConfigKey key, String otherwise) {
        Setting setting = settings.get(key);
        if (setting == null) {
            return otherwise;
        }
        if (setting.text.isBlank()) {
            throw wrong(setting, "a value");
        }
        return setting.text;
    }

    /** The text as it is set, null where it is not. */
    @Nullable
    String textOf(ConfigKey key) {
        Setting setting = settings.get(key);
        return setting == null ? null : setting.text;
    }

    /** Refuses other settings of a group whose kind takes none: they would be read by nobody. */
    void requireAlone(ConfigKey kind, String word) {
        String group = kind.path().substring(0, kind.path().indexOf('.') + 1);
        settings.forEach((key, setting) -> {
            if (key != kind && key.path().startsWith(group) && !setting.ambient) {
                throw new ConfigException(
                        setting.where + ": this is of no use, since " + kind.path() + " is " + word + ".");
            }
        });
    }

    private int whole(ConfigKey key, int otherwise, int min, int max) {
        Setting setting = settings.get(key);
        if (setting == null) {
            return otherwise;
        }
        int number = setting.text.matches("\\d{1,9}") ? Integer.parseInt(setting.text) : -1;
        if (number < min || number > max) {
            throw wrong(setting, "a whole number from " + min + " to " + max);
        }
        return number;
    }

    boolean flag(ConfigKey key) {
        Setting setting = settings.get(key);
        if (setting == null) {
            return false;
        }
        return switch (setting.text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(setting, "true or false");
        };
    }

    private double price(ConfigKey key) {
        Setting setting = settings.get(key);
        if (setting == null) {
            return 0;
        }
        if (!setting.text.matches("\\d{1,6}(\\.\\d{1,6})?")) {
            throw wrong(setting, "US dollars for a million tokens, as in 0.15");
        }
        return Double.parseDouble(setting.text);
    }

    private Duration duration(ConfigKey key, Duration otherwise) {
        Setting setting = settings.get(key);
        if (setting == null) {
            return otherwise;
        }
        Matcher matcher = DURATION.matcher(setting.text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw wrong(setting, "a duration, as in 200ms, 20s, 30m or 2h");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private @Nullable Long memory() {
        Setting setting = settings.get(ConfigKey.RESIDENT_MEMORY);
        if (setting == null) {
            return null;
        }
        Matcher matcher = MEMORY.matcher(setting.text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw wrong(setting, "an amount of memory, as in 256MB or 2GB");
        }
        return Long.parseLong(matcher.group(1)) << (matcher.group(2).equals("MB") ? 20 : 30);
    }

    <E extends Enum<E>> E choice(ConfigKey key, Class<E> type, E otherwise) {
        Setting setting = settings.get(key);
        if (setting == null) {
            return otherwise;
        }
        StringBuilder known = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(setting.text)) {
                return constant;
            }
            known.append(known.isEmpty() ? "" : ", ").append(word);
        }
        throw wrong(setting, "one of " + known);
    }

    private Path path() {
        String text = text(ConfigKey.DATA, "./hearth-data");
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new ConfigException("The data folder \"" + text + "\" is no path of this system.");
        }
    }

    @Nullable
    URI url(ConfigKey key) {
        Setting setting = settings.get(key);
        if (setting == null) {
            return null;
        }
        try {
            URI url = new URI(setting.text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below, like every other text that is no such address.
        }
        throw wrong(setting, "an http or https address without a password in it, as in http://127.0.0.1:11434/v1");
    }

    private @Nullable String apiKey() {
        Setting setting = settings.get(ConfigKey.API_KEY);
        if (setting == null) {
            return null;
        }
        if (!setting.text.matches("[\\x21-\\x7e]{1,512}")) {
            throw new ConfigException(setting.where + ": the API key must be visible ASCII characters without spaces.");
        }
        return setting.text;
    }

    private String project() {
        String project = text(ConfigKey.PROJECT, "default");
        if (!PROJECT.matcher(project).matches()) {
            throw wrong(
                    new Setting(project, ConfigKey.PROJECT.path(), false), "1 to 64 characters of a-z, 0-9 and \"-\"");
        }
        return project;
    }

    /** The value is shown, so this is not for secrets. */
    private static ConfigException wrong(Setting setting, String expected) {
        return new ConfigException(setting.where + " is \"" + setting.text + "\"; expected " + expected + ".");
    }
}
