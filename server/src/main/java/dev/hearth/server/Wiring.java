package dev.hearth.server;

import dev.hearth.embed.onnx.OnnxEmbedder;
import dev.hearth.engine.Engine;
import dev.hearth.engine.Settings;
import dev.hearth.engine.World;
import dev.hearth.engine.turn.TurnLimits;
import dev.hearth.llm.EndpointModel;
import dev.hearth.llm.ModelEndpoint;
import dev.hearth.llm.OfflineVoice;
import dev.hearth.server.config.Config;
import dev.hearth.server.config.ConfigException;
import dev.hearth.server.config.ModelConfig;
import dev.hearth.server.webhook.HttpCourier;
import dev.hearth.spi.ChatModel;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Embedder;
import dev.hearth.store.local.CaffeineHotStore;
import dev.hearth.store.local.FileColdStore;
import dev.hearth.store.local.FileErasureLedger;
import dev.hearth.store.local.FileKeys;
import dev.hearth.store.sqlite.SqliteWarmStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine on the embedded parts: one SQLite file a user, files beside it, bge-small in this process, and the
 * configured voices. Everything it opens it closes again, last opened first.
 */
public final class Wiring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final String OPERATOR_KEY = "HEARTH_OPERATOR_KEY";
    private static final Pattern HEX_KEY = Pattern.compile("[0-9a-fA-F]{64}");
    private static final long HOT_BYTES = 32L << 20;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final URI ANTHROPIC = URI.create("https://api.anthropic.com");

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Engine engine;

    private Wiring(Config config, Clock clock) {
        // The embedder loads a model; the stores need not wait for that.
        CompletableFuture<@Nullable Embedder> embedder = config.embedder() == Config.Embedding.NONE
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.supplyAsync(() -> embedder(config), Executors.newVirtualThreadPerTaskExecutor());
        try {
            // First, because it locks the data folder.
            SqliteWarmStore warm = keep(SqliteWarmStore.open(config.data(), clock));
            FileKeys keys = keep(keys(config));
            FileErasureLedger erasures = keep(FileErasureLedger.open(config.data()));
            FileColdStore cold = keep(FileColdStore.open(config.data()));
            CaffeineHotStore hot = keep(new CaffeineHotStore(clock, HOT_BYTES));
            List<ChatModel> voices = voices(config);
            voices.forEach(this::keep);
            HttpCourier courier = keep(new HttpCourier(clock, config.webhooksAllowPrivate()));
            World world = new World(
                    clock, new SecureRandom(), warm, hot, cold, keys, erasures, embedder.join(), voices, courier);
            engine = keep(Engine.open(world, settings(config)));
        } catch (RuntimeException e) {
            // A process that ends while the native library is being loaded crashes instead of saying why it ends.
            embedder.handle((loaded, failed) -> true).join();
            close();
            throw e instanceof CompletionException wrapped && wrapped.getCause() instanceof RuntimeException cause
                    ? cause
                    : e;
        }
    }

    /** Opens everything; what cannot be opened throws, and then nothing stays open. */
    public static Wiring open(Config config, Clock clock) {
        return new Wiring(config, clock);
    }

    public Engine engine() {
        return engine;
    }

    private <T extends AutoCloseable> T keep(T part) {
        synchronized (opened) {
            opened.push(part);
        }
        return part;
    }

    /** With the operator's key from the environment where it is given there, and otherwise from the data folder. */
    private static FileKeys keys(Config config) {
        String given = System.getenv(OPERATOR_KEY);
        if (given == null || given.isBlank()) {
            return FileKeys.open(config.data());
        }
        if (!HEX_KEY.matcher(given.strip()).matches()) {
            throw new ConfigException(OPERATOR_KEY + " is not a key: it has 64 hexadecimal digits (32 bytes), as"
                    + " `openssl rand -hex 32` makes them.");
        }
        return FileKeys.open(config.data(), HexFormat.of().parseHex(given.strip()));
    }

    private Embedder embedder(Config config) {
        return keep(
                config.embedderThreads() == 0
                        ? OnnxEmbedder.open()
                        : OnnxEmbedder.open(config.embedderThreads(), OnnxEmbedder.DEFAULT_CAPACITY));
    }

    private static List<ChatModel> voices(Config config) {
        List<ChatModel> voices = new ArrayList<>();
        voices.add(voice(config.model()));
        ModelConfig fallback = config.fallback();
        if (fallback != null) {
            voices.add(voice(fallback));
        }
        return voices;
    }

    private static ChatModel voice(ModelConfig model) {
        return switch (model.kind()) {
            case OFFLINE -> new OfflineVoice();
            case OPENAI -> EndpointModel.openAiCompatible(endpoint(model, Objects.requireNonNull(model.url())));
            case ANTHROPIC ->
                EndpointModel.anthropic(endpoint(model, Objects.requireNonNullElse(model.url(), ANTHROPIC)));
        };
    }

    private static ModelEndpoint endpoint(ModelConfig model, URI url) {
        return new ModelEndpoint(url, model.name(), model.key(), CONNECT_TIMEOUT);
    }

    private static Settings settings(Config config) {
        ModelConfig.Price price = config.model().price();
        Long resident = config.residentBytes();
        return new Settings(
                config.project(),
                config.sessionGap(),
                new TurnLimits(
                        config.recallBudget(),
                        config.firstTokenTimeout(),
                        config.replyTimeout(),
                        new TurnLimits.Price(price.input(), price.cachedInput(), price.output())),
                resident == null ? Settings.defaults().residentBytes() : resident);
    }

    @Override
    public void close() {
        synchronized (opened) {
            while (!opened.isEmpty()) {
                AutoCloseable part = opened.pop();
                try {
                    part.close();
                } catch (Exception e) {
                    LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
                }
            }
        }
    }
}
