package dev.hearth.bench.world;

import dev.hearth.HearthConfig;
import dev.hearth.Stores;
import dev.hearth.engine.Engine;
import dev.hearth.engine.Settings;
import dev.hearth.engine.World;
import dev.hearth.engine.persona.Personality;
import dev.hearth.llm.OfflineVoice;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Embedder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engine in this process on what {@code hearth serve} uses: one SQLite file a user, files beside it, the offline
 * voice. It has one companion, {@value #COMPANION}.
 */
public final class EmbeddedHearth implements AutoCloseable {

    public static final String COMPANION = "bench";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Engine engine;

    /**
     * Opens it on a data folder.
     *
     * @param embedder is closed with it; null to recall by words alone
     */
    public EmbeddedHearth(Path data, @Nullable Embedder embedder) {
        this(data, embedder, Settings.defaults());
    }

    /** Opens it on a data folder with other settings. */
    public EmbeddedHearth(Path data, @Nullable Embedder embedder, Settings settings) {
        this(HearthConfig.in(data).withSettings(settings), embedder);
    }

    /** Opens it on other stores: those, the data folder and the settings are the configuration's. */
    public EmbeddedHearth(HearthConfig config, @Nullable Embedder embedder) {
        this(config, embedder, Clock.system());
    }

    /** The same by another clock. */
    public EmbeddedHearth(HearthConfig config, @Nullable Embedder embedder, Clock clock) {
        if (embedder != null) {
            opened.push(embedder);
        }
        try {
            Stores.Opened stores = config.stores().open(config, clock, this::keep);
            World world = new World(
                    clock,
                    new SecureRandom(),
                    stores.warm(),
                    stores.hot(),
                    stores.cold(),
                    stores.keys(),
                    stores.erasures(),
                    embedder,
                    List.of(new OfflineVoice()));
            engine = keep(Engine.open(world, config.settings()));
            engine.companions()
                    .put(
                            COMPANION,
                            "Bench",
                            new Personality(
                                    List.of("warm", "curious"),
                                    "Grew up by the sea.",
                                    List.of("short sentences"),
                                    List.of("Tell me more."),
                                    "{}"));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    public Engine engine() {
        return engine;
    }

    /** The id of the companion's relationship with a user, made where it is missing. */
    public String relationship(String user) {
        return engine.relationships().ensure(COMPANION, user).id();
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A part of the measured Hearth did not close.", e);
            }
        }
    }
}
