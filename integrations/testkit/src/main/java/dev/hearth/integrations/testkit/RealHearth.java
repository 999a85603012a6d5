package dev.hearth.integrations.testkit;

import dev.hearth.Hearth;
import dev.hearth.HearthConfig;
import dev.hearth.client.HearthClient;
import dev.hearth.client.Options;
import dev.hearth.client.data.CompanionInput;
import dev.hearth.server.RunningServer;
import dev.hearth.server.auth.OperatorKey;
import dev.hearth.server.config.ConfigKey;
import dev.hearth.server.config.ConfigReader;
import dev.hearth.spi.Clock;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A real server on a free port with the offline voice, its data in a folder, and a companion "nora". It has no embedder:
 * what is found is found by its words, the same every time.
 */
public final class RealHearth implements AutoCloseable {

    public static final String KEY = "hk_test";

    private final Hearth hearth;
    private final RunningServer server;

    private RealHearth(Path folder) {
        hearth = Hearth.open(HearthConfig.in(folder).withEmbedding(HearthConfig.Embedding.NONE));
        server = RunningServer.listen(
                ConfigReader.read(null, Map.of(), Map.of(ConfigKey.PORT, "0")), OperatorKey.of(KEY), Clock.system());
        server.serve(hearth.engine());
    }

    public static RealHearth in(Path folder) {
        RealHearth opened = new RealHearth(folder);
        try (HearthClient client = opened.client()) {
            client.companions().put("nora", new CompanionInput("Nora", Map.of("core_traits", List.of("dry"))));
        }
        return opened;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** A client that tries once, its caller's to close before this server. */
    public HearthClient client() {
        return HearthClient.connect(address(), KEY, Options.DEFAULTS.attempts(1));
    }

    @Override
    public void close() {
        server.close();
        hearth.close();
    }
}
