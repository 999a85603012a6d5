package dev.hearth.stack;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis, which keeps nothing: it is a cache here. The {@code redis-server} of the PATH where it is 6.2 or newer (an
 * older one hides its command line, by which it is known again), else the one that embedded-redis brings.
 */
final class Redis implements Service {

    static final String NAME = "redis";

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Pattern VERSION = Pattern.compile("v=((\\d+)\\.(\\d+)[0-9.]*)");

    private final StackFolder folder;
    private final StackSettings settings;
    private @Nullable String origin;

    Redis(StackFolder folder, StackSettings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Redis" + (origin == null ? "" : " " + origin);
    }

    @Override
    public List<String> command() {
        // Lines of its own file, so that the password is in no list of processes.
        folder.write(configuration(), """
                bind 127.0.0.1
                port %d
                requirepass %s
                daemonize no
                set-proc-title no
                save ""
                appendonly no
                dir "%s"
                maxmemory 256mb
                maxmemory-policy allkeys-lru
                """.formatted(
                        settings.port(NAME),
                        settings.secret(NAME),
                        folder.folder(NAME).toString().replace("\\", "\\\\").replace("\"", "\\\"")));
        return List.of(program(), configuration().toString());
    }

    @Override
    public String mark() {
        return configuration().toString();
    }

    @Override
    public boolean answers() {
        RedisURI uri = RedisURI.create(settings.redis());
        uri.setTimeout(SOON);
        try (RedisClient client = RedisClient.create(uri);
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().ping().equals("PONG");
        } catch (RedisException notYet) {
            return false;
        }
    }

    private Path configuration() {
        return folder.own("redis.conf");
    }

    private String program() {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String place : path.split(Pattern.quote(File.pathSeparator), -1)) {
            Path candidate = Path.of(place.isEmpty() ? "." : place)
                    .resolve("redis-server")
                    .toAbsolutePath();
            if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                String version = version(candidate);
                if (version != null) {
                    origin = version + ", " + candidate;
                    return candidate.toString();
                }
            }
        }
        try {
            String program = ExecutableProvider.newJarResourceProvider(
                            folder.folder("bin").toFile())
                    .get()
                    .getAbsolutePath();
            String version = version(Path.of(program));
            origin = (version == null ? "" : version + " ")
                    + "of embedded-redis, since the PATH has none of 6.2 or newer";
            return program;
        } catch (IOException | RuntimeException e) {
            throw new Refused(
                    "There is no redis-server of 6.2 or newer on the PATH, and embedded-redis has none that runs here ("
                            + e.getMessage() + "). Install Redis and run this again.",
                    e);
        }
    }

    /** The version, or null where it is too old or cannot be asked. */
    private static @Nullable String version(Path program) {
        try {
            Process asked = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            if (!asked.waitFor(SOON.toMillis(), TimeUnit.MILLISECONDS)) {
                asked.destroyForcibly();
                return null;
            }
            Matcher said = VERSION.matcher(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            if (!said.find()) {
                return null;
            }
            int major = Integer.parseInt(said.group(2));
            return major > 6 || (major == 6 && Integer.parseInt(said.group(3)) >= 2) ? said.group(1) : null;
        } catch (IOException unusable) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("Interrupted.", e);
        }
    }
}
