package dev.hearth.server.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.hearth.HearthConfig;
import dev.hearth.Stores;
import dev.hearth.server.config.ConfigException;
import dev.hearth.server.config.StoresConfig;
import dev.hearth.spi.Clock;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.VectorIndex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vector index of a configuration, before a service that says what index it has. */
final class ChosenVectorsTest {

    private final Deque<AutoCloseable> kept = new ArrayDeque<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private HttpServer pinecone;

    private volatile int dimension = 384;

    @BeforeEach
    void serve() throws IOException {
        pinecone = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        pinecone.createContext("/describe_index_stats", exchange -> {
            byte[] body = ("{\"dimension\":" + dimension + ",\"metric\":\"cosine\",\"namespaces\":{}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        pinecone.start();
    }

    @AfterEach
    void close() throws Exception {
        while (!kept.isEmpty()) {
            kept.pop().close();
        }
        pinecone.stop(0);
    }

    @Test
    void theEmbeddersVectorsFitAnIndexOf384() {
        VectorIndex vectors =
                Objects.requireNonNull(open(HearthConfig.in(folder), chosen()).vectors());
        assertThat(vectors.dimension()).isEqualTo(384);
    }

    @Test
    void exactIsNoIndex() {
        assertThat(open(HearthConfig.in(folder), StoresConfig.EMBEDDED).vectors())
                .isNull();
    }

    @Test
    void anIndexOfAnotherDimensionIsTold() {
        dimension = 1_536;
        assertThatThrownBy(() -> open(HearthConfig.in(folder), chosen()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("1536")
                .hasMessageContaining("dimension 384 and metric cosine");
    }

    @Test
    void withoutAnEmbedderThereIsNothingToPutThere() {
        assertThatThrownBy(() -> open(HearthConfig.in(folder).withEmbedding(HearthConfig.Embedding.NONE), chosen()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("embedder is none");
    }

    private StoresConfig chosen() {
        StoresConfig here = StoresConfig.EMBEDDED;
        return new StoresConfig(
                here.warm(),
                here.hot(),
                here.cold(),
                new StoresConfig.Vectors.Pinecone(
                        "http://127.0.0.1:" + pinecone.getAddress().getPort(), "pcsk_test"));
    }

    private Stores.Opened open(HearthConfig config, StoresConfig chosen) {
        return new ChosenStores(chosen, null).open(config, Clock.system(), new Stores.Keeper() {
            @Override
            public <T extends AutoCloseable> T keep(T part) {
                kept.push(part);
                return part;
            }
        });
    }
}
