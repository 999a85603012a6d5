package dev.hearth.server.command;

import dev.hearth.Hearth;
import dev.hearth.engine.problem.Problem;
import dev.hearth.server.RunningServer;
import dev.hearth.server.Wiring;
import dev.hearth.server.auth.OperatorKey;
import dev.hearth.server.config.Config;
import dev.hearth.server.config.ConfigException;
import dev.hearth.server.config.ConfigKey;
import dev.hearth.server.config.ConfigReader;
import dev.hearth.server.stores.Guarding;
import dev.hearth.spi.Clock;
import dev.hearth.spi.EmbedderException;
import dev.hearth.spi.StoreException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearth serve}: runs the server until it is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Serves Hearth's API until it is told to end (Ctrl-C or SIGTERM).",
        footer = {
            "",
            "Environment: HEARTH_API_KEY, and for a model HEARTH_MODEL_URL, HEARTH_MODEL, HEARTH_MODEL_KEY.",
            "Flags override the environment, which overrides the file. Every key: docs/configuration.md"
        })
public final class Serve implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on (default 8080; 0 takes a free one).")
    private @Nullable String port;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default 127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default ./hearth-data).")
    private @Nullable String data;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file (YAML).")
    private @Nullable Path config;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        try {
            run(ConfigReader.read(config, System.getenv(), flags()), line.getOut());
            return 0;
        } catch (ConfigException | Refused | Problem | StoreException | EmbedderException e) {
            LOG.debug("The server did not start", e);
            line.getErr().println("hearth: " + e.getMessage());
            return 1;
        }
    }

    private Map<ConfigKey, String> flags() {
        Map<ConfigKey, String> flags = new EnumMap<>(ConfigKey.class);
        put(flags, ConfigKey.PORT, port);
        put(flags, ConfigKey.HOST, host);
        put(flags, ConfigKey.DATA, data);
        return flags;
    }

    private static void put(Map<ConfigKey, String> flags, ConfigKey key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }

    private static void run(Config config, PrintWriter out) throws InterruptedException {
        Clock clock = Clock.system();
        OperatorKey key = prepare(config);
        Guarding guarding = new Guarding();
        CompletableFuture<Hearth> wiring = CompletableFuture.supplyAsync(
                () -> Wiring.open(config, clock, guarding), Executors.newVirtualThreadPerTaskExecutor());
        RunningServer server;
        try {
            server = listen(config, key, clock);
        } catch (Refused e) {
            wiring.thenAccept(Hearth::close).exceptionally(failed -> null).join();
            throw e;
        }
        CountDownLatch ended = new CountDownLatch(1);
        try {
            Hearth open = joined(wiring);
            server.watch(guarding);
            server.serve(open.engine());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                LOG.info("Ending: running turns have ten seconds");
                server.close();
                open.close();
                ended.countDown();
            }));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        Greeting.print(out, config, key, server.port());
        ended.await();
    }

    private static Hearth joined(CompletableFuture<Hearth> wiring) {
        try {
            return wiring.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static OperatorKey prepare(Config config) {
        String configured = config.apiKey();
        Path folder = config.data();
        try {
            Files.createDirectories(folder);
            return configured == null ? OperatorKey.inFolder(folder, new SecureRandom()) : OperatorKey.of(configured);
        } catch (FileAlreadyExistsException e) {
            throw new Refused("The data folder " + folder + " cannot be made: there is a file of that name.");
        } catch (IOException e) {
            throw new Refused("The data folder " + folder + " cannot be used: it cannot be made, read or written"
                    + " by this user, or its disk is full. Choose another with --data, or repair it. (" + e + ")");
        }
    }

    private static RunningServer listen(Config config, OperatorKey key, Clock clock) {
        try {
            return RunningServer.listen(config, key, clock);
        } catch (JavalinBindException e) {
            throw new Refused("The address " + config.host() + ":" + config.port()
                    + " cannot be listened on: another program has it, or it is not this machine's. Choose another"
                    + " with --port or --host.");
        }
    }
}
