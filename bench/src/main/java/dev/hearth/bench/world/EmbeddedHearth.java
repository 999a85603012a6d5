package dev.hearth.bench.world;

import dev.hearth.engine.Engine;
import dev.hearth.engine.Settings;
import dev.hearth.engine.World;
import dev.hearth.engine.persona.Personality;
import dev.hearth.llm.OfflineVoice;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Embedder;
import dev.hearth.store.local.CaffeineHotStore;
import dev.hearth.store.local.FileColdStore;
import dev.hearth.store.local.FileErasureLedger;
import dev.hearth.store.local.FileKeys;
import dev.hearth.store.sqlite.SqliteWarmStore;
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

    private static final long HOT_BYTES = 32L << 20;

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
        Clock clock = Clock.system();
        if (embedder != null) {
            opened.push(embedder);
        }
        try {
            World world = new World(
                    clock,
                    new SecureRandom(),
                    keep(SqliteWarmStore.open(data, clock)),
                    keep(new CaffeineHotStore(clock, HOT_BYTES)),
                    keep(FileColdStore.open(data)),
                    keep(FileKeys.open(data)),
                    keep(FileErasureLedger.open(data)),
                    embedder,
                    List.of(new OfflineVoice()));
            engine = keep(Engine.open(world, settings));
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
