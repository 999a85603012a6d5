package dev.hearth.stack.faults;

import dev.hearth.engine.Engine;
import dev.hearth.engine.Settings;
import dev.hearth.engine.World;
import dev.hearth.engine.persona.Personality;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.spi.Clock;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Keys;
import dev.hearth.spi.Partition;
import dev.hearth.spi.WarmStore;
import dev.hearth.store.dynamodb.DynamoErasureLedger;
import dev.hearth.store.dynamodb.DynamoKeys;
import dev.hearth.store.dynamodb.DynamoSettings;
import dev.hearth.store.dynamodb.DynamoTables;
import dev.hearth.store.dynamodb.DynamoWarmStore;
import dev.hearth.store.redis.RedisConnection;
import dev.hearth.store.redis.RedisHotStore;
import dev.hearth.store.redis.RedisSettings;
import dev.hearth.store.s3.S3ColdStore;
import dev.hearth.store.s3.S3Settings;
import dev.hearth.testkit.HashEmbedder;
import dev.hearth.testkit.ManualClock;
import dev.hearth.testkit.MemoryVectorIndex;
import dev.hearth.testkit.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Tables, a bucket and a part of Redis of its own, with a companion called Aria, on which nodes are opened. */
final class RealHouse implements AutoCloseable {

    /** What stays warm: longer, and it is put away. */
    static final Duration LONG = Duration.ofDays(91);

    static final String REGION = "us-east-1";
    static final DynamoSettings.Credentials DYNAMO = new DynamoSettings.Credentials("anyone", "anything");

    private static final Personality WARM =
            new Personality(List.of("warm"), "Grew up by the sea.", List.of("short sentences"), List.of(), "{}");
    private static final AtomicInteger HOUSES = new AtomicInteger();
    private static final byte[] OPERATOR_KEY = new byte[32];

    final Servers servers;
    final String name = "house-" + HOUSES.incrementAndGet();
    /** Ahead of every real clock, for DynamoDB drops by its own what has ended by the time of day. */
    final ManualClock clock = ManualClock.at("2090-01-02T09:00:00Z");

    final ScriptedModel model = new ScriptedModel().otherwise(request -> ScriptedModel.say("I ", "see."));
    final MemoryVectorIndex vectors = new MemoryVectorIndex(new HashEmbedder().dimension());
    final Wire dynamo;
    final Wire s3;
    private String table = name;
    private final RedisConnection redis;
    private final List<Node> nodes = new ArrayList<>();

    RealHouse() throws Exception {
        servers = Servers.running();
        servers.redis().startAgain();
        dynamo = new Wire(servers.dynamo());
        s3 = new Wire(servers.s3());
        DynamoTables.create(direct(table));
        DynamoTables.create(direct(keysTable()));
        bucket(servers.s3(), name);
        redis = RedisConnection.open(new RedisSettings(servers.redis().uri(), false, name), Clock.system());
        try (Node node = open()) {
            node.engine.companions().put("aria", "Aria", WARM);
        }
    }

    static void bucket(URI server, String name) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(server.resolve("/" + name))
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IOException("The bucket could not be made: " + status);
            }
        }
    }

    String table() {
        return table;
    }

    String keysTable() {
        return name + "-keys";
    }

    /** From now on nodes open another table of data, as after a restore. */
    void use(String other) {
        table = other;
    }

    DynamoSettings direct(String of) {
        return new DynamoSettings(servers.dynamo(), REGION, of, DYNAMO);
    }

    private DynamoSettings onTheWire(String of) {
        return new DynamoSettings(dynamo.address(), REGION, of, DYNAMO);
    }

    private S3Settings bucket() {
        return new S3Settings(s3.address(), REGION, name, "", true, new S3Settings.Credentials("anyone", "anything"));
    }

    /** The id of the partition's key, as it is stored now. */
    long keyOf(Partition partition) {
        try (DynamoKeys keys = DynamoKeys.open(direct(keysTable()), OPERATOR_KEY, clock)) {
            return Objects.requireNonNull(keys.findNow(partition)).id();
        }
    }

    Node open() {
        return open(Step.PASS);
    }

    /** A node that takes every step through {@code step}, from its opening on. */
    Node open(Step step) {
        return open(step, clock);
    }

    Node open(Step step, Clock own) {
        List<AutoCloseable> parts = new ArrayList<>();
        try {
            DynamoWarmStore bareWarm = DynamoWarmStore.open(onTheWire(table), own);
            parts.add(bareWarm);
            S3ColdStore bareCold = S3ColdStore.open(bucket(), Deadline.after(Clock.system(), Duration.ofSeconds(20)));
            parts.add(bareCold);
            DynamoKeys bareKeys = DynamoKeys.open(onTheWire(keysTable()), OPERATOR_KEY, own);
            parts.add(bareKeys);
            DynamoErasureLedger bareLedger = DynamoErasureLedger.open(onTheWire(keysTable()), own);
            parts.add(bareLedger);
            WarmStore warm = Step.through(step, WarmStore.class, bareWarm);
            HotStore hot = Step.through(step, HotStore.class, new RedisHotStore(redis));
            ColdStore cold = Step.through(step, ColdStore.class, bareCold);
            Keys keys = Step.through(step, Keys.class, bareKeys);
            ErasureLedger ledger = Step.through(step, ErasureLedger.class, bareLedger);
            Engine engine = Engine.open(
                    new World(
                            own,
                            new Random(HOUSES.get() * 1_000L + nodes.size()),
                            warm,
                            hot,
                            cold,
                            keys,
                            ledger,
                            new HashEmbedder(),
                            List.of(model),
                            World.Extras.none().withVectors(vectors)),
                    Settings.defaults());
            Node node = new Node(engine, own, hot, cold, parts);
            nodes.add(node);
            return node;
        } catch (RuntimeException failed) {
            Node.close(parts);
            throw failed;
        }
    }

    /** So many messages of which each says something of its own, as an import gives them. */
    static List<Imported> history(int from, int to, Instant since) {
        List<Imported> messages = new ArrayList<>();
        for (int i = from; i < to; i++) {
            messages.add(new Imported(
                    "m-" + i,
                    i % 2 == 0 ? Message.Role.USER : Message.Role.COMPANION,
                    null,
                    null,
                    "Topic number " + i + " was on the table.",
                    since.plusSeconds(60L * i)));
        }
        return messages;
    }

    /** A relationship of which {@code messages} are cold, put away by a node of its own. */
    String withCold(String user, int messages) {
        try (Node node = open()) {
            String relationship =
                    node.imported(user, history(0, messages, clock.now().minus(Duration.ofDays(5))));
            node.engine.folding().fold(relationship);
            clock.advance(LONG);
            node.engine.tiering().tidy(relationship);
            return relationship;
        }
    }

    @Override
    public void close() {
        dynamo.heal();
        s3.heal();
        for (Node node : nodes) {
            node.close();
        }
        redis.close();
        dynamo.close();
        s3.close();
    }
}
