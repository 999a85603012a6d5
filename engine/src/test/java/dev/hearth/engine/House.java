package dev.hearth.engine;

import dev.hearth.engine.persona.Personality;
import dev.hearth.engine.turn.TurnLimits;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.spi.ChatModel;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Courier;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.VectorIndex;
import dev.hearth.spi.WarmStore;
import dev.hearth.testkit.HashEmbedder;
import dev.hearth.testkit.ManualClock;
import dev.hearth.testkit.MemoryColdStore;
import dev.hearth.testkit.MemoryErasureLedger;
import dev.hearth.testkit.MemoryHotStore;
import dev.hearth.testkit.MemoryKeys;
import dev.hearth.testkit.MemoryLeases;
import dev.hearth.testkit.MemoryWarmStore;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An engine on the test kit's world, with a companion called Aria, that can be stopped and opened again. */
final class House implements AutoCloseable {

    static final Personality WARM = new Personality(
            List.of("warm", "curious"),
            "Grew up by the sea.",
            List.of("short sentences"),
            List.of("Tell me more."),
            "{}");

    final ManualClock clock = ManualClock.at("2026-05-04T09:00:00Z");
    final MemoryWarmStore memory = new MemoryWarmStore(clock);
    final MemoryHotStore hot = new MemoryHotStore(clock);
    HotStore hotDoor = hot;

    /** Long enough that no busy machine makes a test's recall late. */
    Duration recall = Duration.ofSeconds(2);

    final MemoryLeases leases = new MemoryLeases(clock);
    ColdStore cold = new MemoryColdStore();

    @Nullable
    VectorIndex vectors;

    final MemoryKeys keys = new MemoryKeys(7);
    final MemoryErasureLedger ledger = new MemoryErasureLedger();
    final WarmStore warm;
    final ChatModel model;
    final @Nullable Courier courier;
    final @Nullable ChatModel extractor;
    Engine engine;
    private int opened;

    House() {
        this(new ScriptedModel().otherwise(request -> ScriptedModel.say("I ", "see.")));
    }

    House(ChatModel model) {
        this(model, store -> store);
    }

    House(ChatModel model, UnaryOperator<WarmStore> around) {
        this(model, around, null);
    }

    House(ChatModel model, UnaryOperator<WarmStore> around, @Nullable Courier courier) {
        this(model, around, courier, null);
    }

    House(ChatModel model, UnaryOperator<WarmStore> around, @Nullable Courier courier, @Nullable ChatModel extractor) {
        this.model = model;
        this.courier = courier;
        this.extractor = extractor;
        this.warm = around.apply(memory);
        this.engine = open();
        engine.companions().put("aria", "Aria", WARM);
    }

    /** A further engine on the same world, as another process would be, or this one after a restart. */
    Engine open() {
        return open(warm, courier);
    }

    Engine open(WarmStore on, @Nullable Courier with) {
        World world = new World(
                clock,
                new Random(clock.nanoTime() + 31L * opened++),
                on,
                hotDoor,
                cold,
                keys,
                ledger,
                new HashEmbedder(),
                List.of(model),
                World.Extras.none()
                        .withLeases(leases)
                        .withCourier(with)
                        .withExtractor(extractor)
                        .withVectors(vectors));
        Settings defaults = Settings.defaults();
        return Engine.open(
                world,
                new Settings(
                        defaults.project(),
                        defaults.sessionGap(),
                        new TurnLimits(
                                recall,
                                defaults.turn().firstToken(),
                                defaults.turn().reply(),
                                defaults.turn().price()),
                        defaults.residentBytes(),
                        new TurnLimits.Price(1, 0, 10)));
    }

    void restart() {
        engine.close();
        engine = open();
    }

    String relationship(String user) {
        return engine.relationships().ensure("aria", user).id();
    }

    TurnResult say(String relationship, String text) {
        return engine.turns().take(new TurnRequest(relationship, text, null, null), event -> {});
    }

    TurnResult say(String relationship, String text, String key) {
        return engine.turns().take(new TurnRequest(relationship, text, null, key), event -> {});
    }

    @Override
    public void close() {
        engine.close();
    }
}
