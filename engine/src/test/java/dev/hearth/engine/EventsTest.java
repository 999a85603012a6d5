package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.event.Event;
import dev.hearth.engine.event.Events;
import dev.hearth.engine.event.Following;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Happening;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.StoreException;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What happens in a relationship is told once, in order, and as durably as it happened. */
class EventsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ZERO;

    @Test
    void everyChangeIsToldInOrderWithItsIds() {
        ScriptedModel model = new ScriptedModel()
                .then(ScriptedModel.say("Hello, Anna."))
                .then(ScriptedModel.fail(ChatModelException.Kind.UNAVAILABLE))
                .then(ScriptedModel.fail(ChatModelException.Kind.CUT_SHORT, "Half a "));
        try (House house = new House(model)) {
            String relationship = house.relationship("anna");
            TurnResult turn = house.say(relationship, "I am Anna.");
            assertThatThrownBy(() -> house.say(relationship, "Are you there?")).isInstanceOf(Problem.class);
            assertThatThrownBy(() -> house.say(relationship, "And now?")).isInstanceOf(Problem.class);
            house.engine.relationships().importMessages(relationship, imports(30));
            var created = house.engine.memories().remember(relationship, "I love tea.", null, null);
            var corrected = house.engine.memories().correct(created.id(), "I love coffee.");
            house.engine.memories().delete(corrected.id());

            List<Event> events =
                    house.engine.events().read(relationship, 0, 100).events();

            assertThat(events)
                    .extracting(event -> event.type().wire())
                    .containsExactly(
                            "turn.completed",
                            "turn.failed",
                            "turn.interrupted",
                            "messages.imported",
                            "messages.imported",
                            "memory.created",
                            "memory.corrected",
                            "memory.deleted");
            assertThat(numbers(events)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
            assertThat(events).extracting(Event::id).doesNotHaveDuplicates().allMatch(id -> id.startsWith("evt_"));
            List<Message> said = house.engine
                    .relationships()
                    .messages(relationship, 3, null, true)
                    .data();
            assertThat(events.getFirst().ids())
                    .isEqualTo(Map.of(
                            "turn_id", turn.turnId(),
                            "message_id", turn.messageId(),
                            "user_message_id", said.getFirst().id()));
            assertThat(events.get(2).ids()).containsKeys("turn_id", "user_message_id", "message_id");
            assertThat(events.get(3).count() + events.get(4).count()).isEqualTo(30);
            assertThat(events.get(5).ids()).isEqualTo(Map.of("memory_id", created.id()));
            assertThat(events.get(6).ids())
                    .isEqualTo(Map.of("memory_id", corrected.id(), "replaced_memory_id", created.id()));
            assertThat(events.getFirst().json())
                    .isEqualTo("{\"id\":\"" + events.getFirst().id()
                            + "\",\"type\":\"turn.completed\",\"created_at\":\"2026-05-04T09:00:00Z\","
                            + "\"relationship_id\":\"" + relationship + "\",\"companion\":\"aria\",\"user\":\"anna\","
                            + "\"data\":{\"turn_id\":\"" + turn.turnId() + "\",\"user_message_id\":\""
                            + said.getFirst().id() + "\",\"message_id\":\"" + turn.messageId() + "\"}}");
            assertThat(events.get(3).json()).endsWith("\"data\":{\"imported\":24}}");
            house.restart();
            assertThat(house.engine.events().read(relationship, 0, 100).events())
                    .isEqualTo(events);
        }
    }

    @Test
    void aTurnThatItsProcessLeftOpenIsToldAsFailedWhenItIsClosed() throws Exception {
        Gate never = new Gate();
        ScriptedModel model = new ScriptedModel()
                .then(ScriptedModel.stall(never, "Late."))
                .otherwise(request -> ScriptedModel.say("Yes."));
        try (House house = new House(model);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = house.relationship("anna");
            Future<TurnResult> dying = threads.submit(() -> house.say(relationship, "First."));
            never.awaitArrival();
            Engine dead = house.engine;
            house.engine = house.open();
            house.say(relationship, "Second.");

            assertThat(types(house, relationship)).containsExactly("turn.failed", "turn.completed");
            never.open();
            assertThatThrownBy(dying::get).hasCauseInstanceOf(Problem.class);
            assertThat(types(house, relationship)).containsExactly("turn.failed", "turn.completed");
            dead.close();
        }
    }

    @Test
    void whatWasNotStoredIsNotToldAndWhatWasIsToldOnce() {
        FaultyWarmStore[] faulty = new FaultyWarmStore[1];
        try (House house = new House(new ScriptedModel(), store -> faulty[0] = new FaultyWarmStore(store))) {
            String relationship = house.relationship("anna");
            faulty[0].onWrites(
                    new FaultyWarmStore.Fault.None(), new FaultyWarmStore.Fault.Before(StoreException.Kind.FULL));
            assertThatThrownBy(() -> house.say(relationship, "Hello.", "k")).isInstanceOf(Problem.class);
            assertThat(types(house, relationship)).isEmpty();
            faulty[0].onWrites(
                    new FaultyWarmStore.Fault.None(), new FaultyWarmStore.Fault.After(StoreException.Kind.DEADLINE));
            house.say(relationship, "Hello.", "k");
            assertThat(types(house, relationship)).containsExactly("turn.completed");
            house.say(relationship, "Hello.", "k");
            assertThat(types(house, relationship)).containsExactly("turn.completed");
        }
    }

    @Test
    void afterSevenDaysEventsAreGoneAndWhoComesForThemIsTold() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "One.");
            house.say(relationship, "Two.");
            house.clock.advance(Duration.ofDays(6));
            house.say(relationship, "Three.");
            assertThat(house.engine.events().read(relationship, 1, 10).missed()).isFalse();
            house.clock.advance(Duration.ofDays(2));

            Events.Run late = house.engine.events().read(relationship, 1, 10);
            assertThat(late.missed()).isTrue();
            assertThat(numbers(late.events())).containsExactly(3L);
            Events.Run known = house.engine.events().read(relationship, 2, 10);
            assertThat(known.missed()).isFalse();
            assertThat(numbers(known.events())).containsExactly(3L);
            house.clock.advance(Duration.ofDays(7));
            assertThat(house.engine.events().read(relationship, 1, 10)).isEqualTo(new Events.Run(List.of(), true, 3));
            assertThat(house.engine.events().read(relationship, 3, 10)).isEqualTo(new Events.Run(List.of(), false, 3));
            assertThat(house.engine.events().read(relationship, 99, 10)).isEqualTo(new Events.Run(List.of(), true, 3));
        }
    }

    @Test
    void aFollowerHearsEveryEventOnceWhileOthersWrite() throws Exception {
        try (House house = new House();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "Before.");
            List<Future<List<Long>>> heard = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Following following = house.engine.events().follow(relationship, i % 2 == 0 ? 0L : null);
                heard.add(threads.submit(() -> hear(following, 251)));
            }
            for (int i = 0; i < 250; i++) {
                house.engine.memories().remember(relationship, "Statement " + i, null, "s-" + i);
            }
            assertThat(heard.get(0).get())
                    .isEqualTo(LongStream.rangeClosed(1, 251).boxed().toList());
            assertThat(heard.get(1).get())
                    .isEqualTo(LongStream.rangeClosed(2, 251).boxed().toList());
            assertThat(heard.get(2).get()).isEqualTo(heard.get(0).get());
            assertThat(heard.get(3).get()).isEqualTo(heard.get(1).get());
            assertThat(house.engine.held().followed()).isZero();
        }
    }

    @Test
    void whatAnotherProcessWroteIsHeardWhenTheWaitEnds() throws Exception {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            try (Following following = house.engine.events().follow(relationship, null);
                    Engine other = house.open()) {
                assertThat(following.next(AT_ONCE)).isInstanceOf(Following.Heard.Silence.class);
                other.memories().remember(relationship, "I love tea.", null, null);
                assertThat(following.next(AT_ONCE))
                        .isInstanceOfSatisfying(
                                Following.Heard.News.class,
                                news -> assertThat(numbers(news.run().events())).containsExactly(1L));
            }
        }
    }

    @Test
    void theFeedEndsWithTheRelationshipAndWhenItIsClosed() throws Exception {
        try (House house = new House();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String deleted = house.relationship("anna");
            String erased = house.relationship("ben");
            String closed = house.relationship("cleo");
            List<Future<Following.Heard>> ends = new ArrayList<>();
            List<Following> followings = new ArrayList<>();
            for (String relationship : List.of(deleted, erased, closed)) {
                Following following = house.engine.events().follow(relationship, null);
                followings.add(following);
                ends.add(threads.submit(() -> following.next(SOON)));
            }
            house.engine.relationships().delete(deleted);
            house.engine.users().erase("ben");
            followings.get(2).close();
            for (Future<Following.Heard> end : ends) {
                assertThat(end.get()).isInstanceOf(Following.Heard.Ended.class);
            }
            house.relationship("ben");
            house.relationship("anna");
            for (Following following : followings) {
                assertThat(following.next(AT_ONCE))
                        .as("a relationship that came anew is another")
                        .isInstanceOf(Following.Heard.Ended.class);
                following.close();
            }
            assertThat(house.engine.held().followed()).isZero();
            assertThatThrownBy(() -> house.engine.events().follow(deleted, null))
                    .isInstanceOf(Problem.class);
            assertThatThrownBy(() -> house.engine.events().read(erased, 0, 10)).isInstanceOf(Problem.class);
        }
    }

    @Test
    void aNameOfAnyLettersIsQuotedInTheJson() {
        try (House house = new House()) {
            String relationship = house.relationship("a\"b\\c \u2028 \ud83d\ude00 é");
            house.say(relationship, "Hello.");
            assertThat(house.engine
                            .events()
                            .read(relationship, 0, 1)
                            .events()
                            .getFirst()
                            .json())
                    .contains("\"user\":\"a\\\"b\\\\c \\u2028 \\ud83d\\ude00 é\"");
        }
    }

    private static List<Long> hear(Following following, long until) throws InterruptedException {
        List<Long> heard = new ArrayList<>();
        try (following) {
            while (heard.isEmpty() || heard.getLast() < until) {
                if (!(following.next(SOON) instanceof Following.Heard.News(Events.Run run))) {
                    throw new AssertionError("Nothing was heard after " + heard);
                }
                assertThat(run.missed()).isFalse();
                heard.addAll(numbers(run.events()));
            }
        }
        return heard;
    }

    private static List<String> types(House house, String relationship) {
        return house.engine.events().read(relationship, 0, 100).events().stream()
                .map(Event::type)
                .map(Happening.Type::wire)
                .toList();
    }

    private static List<Long> numbers(List<Event> events) {
        return events.stream().map(Event::number).toList();
    }

    private static List<Imported> imports(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Imported(
                        "x-" + i,
                        Message.Role.USER,
                        null,
                        "s",
                        "Import " + i,
                        Instant.parse("2025-01-01T00:00:00Z").plusSeconds(i)))
                .toList();
    }
}
