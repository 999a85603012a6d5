package dev.hearth.server;

import dev.hearth.Hearth;
import dev.hearth.HearthConfig;
import dev.hearth.Voice;
import dev.hearth.engine.Settings;
import dev.hearth.engine.relationship.Tiers;
import dev.hearth.engine.turn.TurnLimits;
import dev.hearth.server.config.Config;
import dev.hearth.server.config.ConfigException;
import dev.hearth.server.config.ModelConfig;
import dev.hearth.server.config.TiersConfig;
import dev.hearth.server.stores.ChosenStores;
import dev.hearth.server.stores.Guarding;
import dev.hearth.spi.Clock;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an operator set, made into what the library is opened with. */
public final class Wiring {

    private static final String OPERATOR_KEY = "HEARTH_OPERATOR_KEY";
    private static final Pattern HEX_KEY = Pattern.compile("[0-9a-fA-F]{64}");
    private static final URI ANTHROPIC = URI.create("https://api.anthropic.com");

    private Wiring() {}

    /** Opens everything; what cannot be opened throws, and then nothing stays open. */
    public static Hearth open(Config config, Clock clock) {
        return open(config, clock, new Guarding());
    }

    /** As the other, with the guards that are put before stores on servers. */
    public static Hearth open(Config config, Clock clock, Guarding guarding) {
        HearthConfig wanted = HearthConfig.in(config.data())
                .withSettings(settings(config))
                .withVoices(voices(config))
                .withStores(new ChosenStores(config.stores(), guarding))
                .withEmbedding(new HearthConfig.Embedding(
                        config.embedder() != Config.Embedding.NONE, config.embedderThreads()))
                .withWebhooks(
                        config.webhooksAllowPrivate() ? HearthConfig.Webhooks.ANYWHERE : HearthConfig.Webhooks.PUBLIC);
        ModelConfig extraction = config.extraction();
        if (extraction != null) {
            wanted = wanted.withExtractor(voice(extraction));
        }
        byte[] key = operatorKey(System.getenv());
        return Hearth.open(key == null ? wanted : wanted.withOperatorKey(key), clock);
    }

    /** The operator's key where it is given by the environment; null to keep one in the data folder. */
    public static byte @Nullable [] operatorKey(Map<String, String> environment) {
        String given = environment.get(OPERATOR_KEY);
        if (given == null || given.isBlank()) {
            return null;
        }
        if (!HEX_KEY.matcher(given.strip()).matches()) {
            throw new ConfigException(OPERATOR_KEY + " is not a key: it has 64 hexadecimal digits (32 bytes), as"
                    + " `openssl rand -hex 32` makes them.");
        }
        return HexFormat.of().parseHex(given.strip());
    }

    private static Voice[] voices(Config config) {
        List<Voice> voices = new ArrayList<>();
        voices.add(voice(config.model()));
        ModelConfig fallback = config.fallback();
        if (fallback != null) {
            voices.add(voice(fallback));
        }
        return voices.toArray(new Voice[0]);
    }

    private static Voice voice(ModelConfig model) {
        return switch (model.kind()) {
            case OFFLINE -> Voice.offline();
            case OPENAI -> Voice.openAi(Objects.requireNonNull(model.url()), model.name(), model.key());
            case ANTHROPIC ->
                new Voice.Anthropic(Objects.requireNonNullElse(model.url(), ANTHROPIC), model.name(), model.key());
        };
    }

    private static Settings settings(Config config) {
        ModelConfig extraction = config.extraction();
        Long resident = config.residentBytes();
        return new Settings(
                config.project(),
                config.sessionGap(),
                new TurnLimits(
                        config.recallBudget(),
                        config.firstTokenTimeout(),
                        config.replyTimeout(),
                        price(config.model())),
                resident == null ? Settings.defaults().residentBytes() : resident,
                extraction == null ? TurnLimits.Price.UNKNOWN : price(extraction),
                tiers(config.tiers()),
                config.queryCache());
    }

    private static Tiers tiers(TiersConfig chosen) {
        return new Tiers(chosen.hot(), chosen.warm(), chosen.significance());
    }

    private static TurnLimits.Price price(ModelConfig model) {
        return new TurnLimits.Price(
                model.price().input(),
                model.price().cachedInput(),
                model.price().output());
    }
}
