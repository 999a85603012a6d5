package dev.hearth;

import dev.hearth.courier.http.HttpCourier;
import dev.hearth.embed.onnx.OnnxEmbedder;
import dev.hearth.engine.Engine;
import dev.hearth.engine.World;
import dev.hearth.engine.event.Events;
import dev.hearth.engine.export.Exports;
import dev.hearth.engine.memory.Memories;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Relationships;
import dev.hearth.engine.turn.TurnEvent;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.engine.turn.Turns;
import dev.hearth.engine.webhook.Webhooks;
import dev.hearth.llm.EndpointModel;
import dev.hearth.llm.ModelEndpoint;
import dev.hearth.llm.OfflineVoice;
import dev.hearth.spi.ChatModel;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Courier;
import dev.hearth.spi.Embedder;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hearth in this process: the engine on one SQLite file a user, files beside it, bge-small in process, and the voices
 * that were configured. Safe for any number of threads; calls block, so make them on virtual threads. What is refused or
 * fails is a {@link Problem}.
 *
 * <p>Everything that it opens it closes again, last opened first. A virtual machine that runs it needs
 * {@code --enable-native-access=ALL-UNNAMED}, and scans faster with {@code --add-modules jdk.incubator.vector}.
 */
public final class Hearth implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Hearth.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Engine engine;

    private Hearth(HearthConfig config, Clock clock) {
        // The embedder loads a model; the stores need not wait for that.
        CompletableFuture<@Nullable Embedder> embedder = config.embedding().on()
                ? CompletableFuture.supplyAsync(
                        () -> embedder(config.embedding()), Executors.newVirtualThreadPerTaskExecutor())
                : CompletableFuture.completedFuture(null);
        try {
            Stores.Opened stores = config.stores().open(config, clock, this::keep);
            MigrationNotes.admit(stores.warm(), stores.cold(), clock);
            List<ChatModel> voices =
                    config.voices().stream().map(Hearth::model).map(this::keep).toList();
            Courier courier = courier(config.webhooks(), clock);
            Voice extractor = config.extractor();
            World world = new World(
                    clock,
                    new SecureRandom(),
                    stores.warm(),
                    stores.hot(),
                    stores.cold(),
                    stores.keys(),
                    stores.erasures(),
                    embedder.join(),
                    voices,
                    World.Extras.none()
                            .withLeases(stores.leases())
                            .withCourier(courier == null ? null : keep(courier))
                            .withExtractor(extractor == null ? null : keep(model(extractor)))
                            .withVectors(stores.vectors()));
            engine = keep(Engine.open(world, config.settings()));
        } catch (RuntimeException e) {
            // A process that ends while the native library is being loaded crashes instead of saying why it ends.
            embedder.handle((loaded, failed) -> true).join();
            close();
            throw e instanceof CompletionException wrapped && wrapped.getCause() instanceof RuntimeException cause
                    ? cause
                    : e;
        }
    }

    /** Opens everything; what cannot be opened throws, and then nothing stays open. Takes a second or two. */
    public static Hearth open(HearthConfig config) {
        return open(config, Clock.system());
    }

    /** As the other, with a clock of one's own. */
    public static Hearth open(HearthConfig config, Clock clock) {
        return new Hearth(config, clock);
    }

    /** What a user says to a companion: a turn, durable when this returns. User and relationship are made if missing. */
    public TurnResult say(String companion, String user, String text) {
        return say(companion, user, text, piece -> {});
    }

    /**
     * As the other, hearing the reply piece by piece on this thread.
     *
     * @param pieces provisional until this returns; may throw {@link dev.hearth.engine.turn.TurnListener.ClientGone} to
     *     end the model's call
     */
    public TurnResult say(String companion, String user, String text, Consumer<String> pieces) {
        TurnRequest request = new TurnRequest(companion + ":" + user, text, null, null);
        try {
            return turns().take(request, event -> tell(event, pieces));
        } catch (Problem problem) {
            if (problem.code() != Code.NOT_FOUND) {
                throw problem;
            }
        }
        relationships().ensure(companion, user);
        return turns().take(request, event -> tell(event, pieces));
    }

    private static void tell(TurnEvent event, Consumer<String> pieces) {
        if (event instanceof TurnEvent.Delta(String text)) {
            pieces.accept(text);
        }
    }

    public Companions companions() {
        return engine.companions();
    }

    public Users users() {
        return engine.users();
    }

    public Relationships relationships() {
        return engine.relationships();
    }

    public Memories memories() {
        return engine.memories();
    }

    public Turns turns() {
        return engine.turns();
    }

    public Exports exports() {
        return engine.exports();
    }

    /** What happens in relationships, as it is told: see {@link Engine#events}. */
    public Events events() {
        return engine.events();
    }

    public Webhooks webhooks() {
        return engine.webhooks();
    }

    /** Everything else that the engine offers. It is closed with this. */
    public Engine engine() {
        return engine;
    }

    private <T extends AutoCloseable> T keep(T part) {
        synchronized (opened) {
            opened.push(part);
        }
        return part;
    }

    private Embedder embedder(HearthConfig.Embedding embedding) {
        return keep(
                embedding.threads() == 0
                        ? OnnxEmbedder.open()
                        : OnnxEmbedder.open(embedding.threads(), OnnxEmbedder.DEFAULT_CAPACITY));
    }

    private static @Nullable Courier courier(HearthConfig.Webhooks webhooks, Clock clock) {
        return switch (webhooks) {
            case PUBLIC -> new HttpCourier(clock, false);
            case ANYWHERE -> new HttpCourier(clock, true);
            case NONE -> null;
        };
    }

    private static ChatModel model(Voice voice) {
        return switch (voice) {
            case Voice.Offline offline -> new OfflineVoice();
            case Voice.OpenAi(var url, String model, String key) ->
                EndpointModel.openAiCompatible(new ModelEndpoint(url, model, key, CONNECT_TIMEOUT));
            case Voice.Anthropic(var url, String model, String key) ->
                EndpointModel.anthropic(new ModelEndpoint(url, model, key, CONNECT_TIMEOUT));
            case Voice.Own(ChatModel model) -> model;
        };
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
