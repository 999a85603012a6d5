package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.event.Event;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.webhook.Delivery;
import dev.hearth.engine.webhook.Webhook;
import dev.hearth.engine.webhook.Webhooks;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedCourier;
import dev.hearth.testkit.ScriptedModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Webhooks are told of every event they want at least once, whatever stops in between. */
class WebhookTest {

    private static final String URL = "https://app.example/hooks";
    private static final List<Duration> SCHEDULE = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private final ScriptedCourier courier = new ScriptedCourier();

    private House house() {
        return new House(new ScriptedModel(), store -> store, courier);
    }

    private static Webhooks.Created hook(House house, String... events) {
        return house.engine.webhooks().create(URL, List.of(events), null);
    }

    @Test
    void anEventIsSentSignedAndAsTheFeedTellsIt() throws Exception {
        try (House house = house()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "Before anybody asked.");
            Webhooks.Created hook = hook(house, "*");
            house.say(relationship, "Hello.");

            ScriptedCourier.Post post = courier.await(1).getFirst();
            settled(house, hook, Delivery.State.DELIVERED, 1);
            Event event =
                    house.engine.events().read(relationship, 1, 10).events().getFirst();
            assertThat(post.address()).hasToString(URL);
            assertThat(post.body()).isEqualTo(event.json());
            assertThat(post.id()).isEqualTo(event.id());
            assertThat(post.headers())
                    .containsEntry(
                            "webhook-timestamp", Long.toString(house.clock.now().getEpochSecond()))
                    .containsEntry("webhook-signature", sign(hook.secret(), post));
            Delivery delivery = deliveries(house, hook, null).getFirst();
            assertThat(delivery.attempts()).isEqualTo(1);
            assertThat(Objects.requireNonNull(delivery.last()).status()).isEqualTo(200);
            assertThat(delivery.nextAttemptAt()).isNull();
            assertThat(delivery.about().eventType()).isEqualTo("turn.completed");
            assertThat(courier.posts()).as("events from before it was made").hasSize(1);
        }
    }

    @Test
    void aWebhookIsToldOfWhatItAskedForOnly() throws Exception {
        try (House house = house()) {
            String relationship = house.relationship("anna");
            Webhooks.Created turns = hook(house, "turn.completed");
            Webhooks.Created memories = hook(house, "memory.*");
            Webhooks.Created all = hook(house, "*");
            house.say(relationship, "Hello.");
            String memory = house.engine
                    .memories()
                    .remember(relationship, "I love tea.", null, null)
                    .id();
            house.engine.memories().delete(memory);
            courier.await(6);
            settled(house, all, Delivery.State.DELIVERED, 3);
            assertThat(types(house, turns)).containsExactly("turn.completed");
            assertThat(types(house, memories)).containsExactly("memory.deleted", "memory.created");
            assertThat(types(house, all)).containsExactly("memory.deleted", "memory.created", "turn.completed");
        }
    }

    @Test
    void aDeliveryIsTriedAgainByTheScheduleThenGivenUpThenReplayed() throws Exception {
        courier.otherwise(post -> ScriptedCourier.answer(500));
        try (House house = house()) {
            Webhooks.Created hook = hook(house, "*");
            house.say(house.relationship("anna"), "Hello.");
            for (int attempt = 1; attempt <= SCHEDULE.size(); attempt++) {
                courier.await(attempt);
                int made = attempt;
                Delivery failed = until(house, hook, delivery -> delivery.attempts() == made);
                Instant next = Objects.requireNonNull(failed.nextAttemptAt());
                Duration delay = SCHEDULE.get(attempt - 1);
                assertThat(Duration.between(house.clock.now(), next))
                        .as("attempt %d", attempt)
                        .isBetween(delay, delay.plus(delay.dividedBy(10)));
                assertThat(Objects.requireNonNull(failed.last()).error()).isEqualTo("The answer was 500.");
                house.clock.advance(Duration.between(house.clock.now(), next).minusMillis(1));
                assertThat(courier.posts()).hasSize(attempt);
                house.clock.advance(Duration.ofMillis(1));
            }
            courier.await(10);
            Delivery dead = until(house, hook, delivery -> delivery.state() == Delivery.State.DEAD);
            assertThat(dead.attempts()).isEqualTo(10);
            assertThat(courier.posts())
                    .extracting(ScriptedCourier.Post::id)
                    .containsOnly(dead.about().eventId());

            courier.otherwise(post -> ScriptedCourier.answer(204));
            assertThat(house.engine.webhooks().replayDead(hook.webhook().id())).isEqualTo(1);
            courier.await(11);
            settled(house, hook, Delivery.State.DELIVERED, 1);
            assertThat(house.engine.webhooks().replayDead(hook.webhook().id())).isZero();
            assertThat(house.engine.webhooks().replay(hook.webhook().id(), dead.id()))
                    .isEqualTo(1);
            courier.await(12);
        }
    }

    @Test
    void aReceiverThatIsBusySaysWhenAndOneThatIsGoneIsPaused() throws Exception {
        courier.then(
                new ScriptedCourier.Line.Answer(429, Duration.ofMinutes(2)),
                new ScriptedCourier.Line.Silence(),
                new ScriptedCourier.Line.Answer(410, null));
        try (House house = house()) {
            Webhooks.Created hook = hook(house, "*");
            String id = hook.webhook().id();
            String relationship = house.relationship("anna");
            house.say(relationship, "Hello.");
            Delivery busy = until(house, hook, delivery -> delivery.attempts() == 1);
            assertThat(Duration.between(house.clock.now(), Objects.requireNonNull(busy.nextAttemptAt())))
                    .isBetween(Duration.ofSeconds(120), Duration.ofSeconds(132));
            house.clock.advance(Duration.ofMinutes(3));
            Delivery silent = until(house, hook, delivery -> delivery.attempts() == 2);
            assertThat(Objects.requireNonNull(silent.last()).error()).isEqualTo("Nobody answered.");
            house.clock.advance(Duration.ofMinutes(6));
            until(house, hook, delivery -> delivery.attempts() == 3);
            assertThat(house.engine.webhooks().get(id).status()).isEqualTo(Webhook.Status.PAUSED);

            house.clock.advance(Duration.ofSeconds(1));
            house.say(relationship, "While it is paused.");
            house.clock.advance(Duration.ofHours(1));
            assertThat(deliveries(house, hook, null)).hasSize(1);
            house.engine.webhooks().change(id, new Webhooks.Change(null, null, null, Webhook.Status.ACTIVE));
            courier.await(4);
            settled(house, hook, Delivery.State.DELIVERED, 1);
            house.say(relationship, "And again.");
            courier.await(5);
        }
    }

    @Test
    void whatWasAcknowledgedIsDeliveredThoughTheProcessDiedBeforeADeliveryWasMade() throws Exception {
        ScriptedCourier nowhere = new ScriptedCourier();
        try (House house =
                new House(new ScriptedModel(), store -> new Unwritable(store, key -> key.startsWith("d/")), nowhere)) {
            String relationship = house.relationship("anna");
            hook(house, "*");
            house.say(relationship, "One.");
            house.say(relationship, "Two.");
            // It could store no delivery; left running, it would deliver what the next one stores.
            house.engine.close();

            house.engine = house.open(house.memory, courier);

            courier.await(2);
            settled(house, house.engine.webhooks().list().getFirst(), Delivery.State.DELIVERED, 2);
            assertThat(courier.posts())
                    .extracting(ScriptedCourier.Post::id)
                    .containsExactlyInAnyOrderElementsOf(
                            house.engine.events().read(relationship, 0, 10).events().stream()
                                    .map(Event::id)
                                    .toList());
            assertThat(nowhere.posts()).isEmpty();
        }
    }

    @Test
    void whatWasStoredAsDeliveredIsNotSentAgainByTheNextProcessAndWhatWasNotIs() throws Exception {
        Gate never = new Gate();
        courier.then(ScriptedCourier.answer(200), new ScriptedCourier.Line.Held(never));
        try (House house = house()) {
            String relationship = house.relationship("anna");
            Webhooks.Created hook = hook(house, "*");
            house.say(relationship, "One.");
            courier.await(1);
            settled(house, hook, Delivery.State.DELIVERED, 1);
            house.say(relationship, "Two.");
            never.awaitArrival();

            house.restart();

            List<ScriptedCourier.Post> posts = courier.await(3);
            settled(house, hook, Delivery.State.DELIVERED, 2);
            assertThat(posts.get(2).id())
                    .isEqualTo(posts.get(1).id())
                    .isNotEqualTo(posts.get(0).id());
            house.restart();
            house.say(relationship, "Three.");
            courier.await(4);
            settled(house, hook, Delivery.State.DELIVERED, 3);
            assertThat(courier.posts()).hasSize(4);
        }
    }

    @Test
    void aTurnCostsNoFurtherWriteWhileItsRelationshipIsActiveAndTheHintGoesWhenItIsIdle() throws Exception {
        try (House house = house()) {
            String relationship = house.relationship("anna");
            Webhooks.Created hook = hook(house, "memory.deleted");
            for (int i = 0; i < 5; i++) {
                house.say(relationship, "Hello.");
            }
            List<Item> rows = outbox(house);
            assertThat(rows).hasSize(1);
            assertThat(rows.getFirst().revision()).isEqualTo(1);
            house.clock.advance(Duration.ofMinutes(11));
            house.say(relationship, "Hello again.");
            assertThat(outbox(house).getFirst().revision()).isEqualTo(2);
            house.clock.advance(Duration.ofMinutes(21));
            until(() -> outbox(house).isEmpty());
            String memory = house.engine
                    .memories()
                    .remember(relationship, "I love tea.", null, null)
                    .id();
            house.engine.memories().delete(memory);
            settled(house, hook, Delivery.State.DELIVERED, 1);
        }
    }

    @Test
    void nothingIsSentOfWhoWasErased() throws Exception {
        courier.otherwise(post -> ScriptedCourier.answer(500));
        try (House house = house()) {
            Webhooks.Created hook = hook(house, "*");
            house.say(house.relationship("anna"), "Hello.");
            until(house, hook, delivery -> delivery.attempts() == 1);
            for (Item item : system(house, " ", "~~")) {
                assertThat(item.key() + new String(item.value(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("anna", "Hello", hook.secret());
            }
            house.engine.users().erase("anna");
            house.relationship("anna");
            house.clock.advance(Duration.ofMinutes(1));
            until(() -> deliveries(house, hook, null).isEmpty());
            assertThat(system(house, "q/", "q~")).isEmpty();
            assertThat(courier.posts()).hasSize(1);
        }
    }

    @Test
    void aWebhookThatHangsDoesNotHoldUpAnother() throws Exception {
        Gate never = new Gate();
        courier.otherwise(post -> post.address().getPath().equals("/hang")
                ? new ScriptedCourier.Line.Held(never)
                : ScriptedCourier.answer(200));
        try (House house = house()) {
            house.engine.webhooks().create("https://app.example/hang", List.of("*"), null);
            Webhooks.Created well = hook(house, "*");
            String relationship = house.relationship("anna");
            for (int i = 0; i < 12; i++) {
                house.say(relationship, "Hello " + i + ".");
            }
            settled(house, well, Delivery.State.DELIVERED, 12);
            assertThat(courier.posts().stream()
                            .filter(post -> post.address().getPath().equals("/hang")))
                    .hasSize(4);
            never.open();
            courier.await(24);
        }
    }

    @Test
    void theRegistryKeepsWhatIsSaidAndRefusesWhatCannotBe() throws Exception {
        try (House house = house()) {
            Webhooks webhooks = house.engine.webhooks();
            Webhooks.Created hook = webhooks.create(URL, List.of("memory.*", "memory.*"), "Mine");
            String id = hook.webhook().id();
            assertThat(hook.secret()).startsWith("whsec_");
            assertThat(hook.toString()).doesNotContain(hook.secret());
            assertThat(webhooks.get(id)).isEqualTo(hook.webhook());
            assertThat(hook.webhook().events()).containsExactly("memory.*");
            webhooks.change(id, new Webhooks.Change("http://other.example/", List.of("*"), "", null));
            house.restart();
            Webhook changed = house.engine.webhooks().get(id);
            assertThat(changed.url()).hasToString("http://other.example/");
            assertThat(changed.description()).isNull();
            assertThat(house.engine.webhooks().list()).containsExactly(changed);
            for (String url : List.of("", "ftp://a.example/", "https:///x", "https://u:p@a.example/", "not a url")) {
                assertThatThrownBy(() -> house.engine.webhooks().create(url, List.of("*"), null))
                        .as(url)
                        .isInstanceOf(Problem.class);
            }
            for (List<String> events : List.of(List.<String>of(), List.of("turn.*", "nothing"), List.of("turn*"))) {
                assertThatThrownBy(() -> house.engine.webhooks().create(URL, events, null))
                        .isInstanceOf(Problem.class);
            }
            house.say(house.relationship("anna"), "Hello.");
            courier.await(1);
            house.engine.webhooks().delete(id);
            assertThatThrownBy(() -> house.engine.webhooks().get(id)).isInstanceOf(Problem.class);
            assertThat(system(house, "d/", "d~")).isEmpty();
        }
        try (House without = new House()) {
            assertThatThrownBy(() -> without.engine.webhooks()).isInstanceOf(Problem.class);
        }
    }

    private static String sign(String secret, ScriptedCourier.Post post) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
        String signed = post.id() + "." + post.headers().get("webhook-timestamp") + "." + post.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Delivery> deliveries(House house, Webhooks.Created hook, Delivery.@Nullable State state) {
        return house.engine
                .webhooks()
                .deliveries(hook.webhook().id(), state, 100, null)
                .data();
    }

    private static List<String> types(House house, Webhooks.Created hook) {
        return deliveries(house, hook, null).stream()
                .map(delivery -> delivery.about().eventType())
                .toList();
    }

    private static void settled(House house, Webhooks.Created hook, Delivery.State state, int count)
            throws InterruptedException {
        settled(house, hook.webhook(), state, count);
    }

    private static void settled(House house, Webhook hook, Delivery.State state, int count)
            throws InterruptedException {
        until(() -> house.engine
                        .webhooks()
                        .deliveries(hook.id(), state, 100, null)
                        .data()
                        .size()
                == count);
    }

    private static Delivery until(House house, Webhooks.Created hook, Predicate<Delivery> wanted)
            throws InterruptedException {
        until(() -> deliveries(house, hook, null).stream().anyMatch(wanted));
        return deliveries(house, hook, null).getFirst();
    }

    private interface Check {
        boolean holds();
    }

    /** What the dispatcher's thread does is stored a moment after it was sent: asked for until it is there. */
    private static void until(Check check) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!check.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not come to pass within 10 seconds.");
            }
            Thread.sleep(2);
        }
    }

    private static List<Item> outbox(House house) {
        return system(house, "o/", "o~");
    }

    private static List<Item> system(House house, String from, String to) {
        return new ArrayList<>(house.memory.range(
                Partition.SYSTEM,
                new Range(from, to, 1_000, false),
                Deadline.after(house.clock, Duration.ofSeconds(5))));
    }
}
