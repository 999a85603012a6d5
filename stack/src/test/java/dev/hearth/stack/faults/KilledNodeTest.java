package dev.hearth.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node dies before or after each change that it makes in a store, or one call of a store fails and it lives on: another
 * finds everything as it was or as it was to be, and brings it to its end.
 */
final class KilledNodeTest {

    private static final int MESSAGES = 40;
    private static final AtomicInteger USERS = new AtomicInteger();

    @AutoClose
    private static RealHouse house;

    @BeforeAll
    static void open() throws Exception {
        house = new RealHouse();
    }

    /** How it fails. */
    enum Death {
        BEFORE,
        AFTER,
        /** It lives on: the one call fails before it does anything, be it a read. */
        ONE_CALL
    }

    @ParameterizedTest
    @EnumSource(names = {"DELETION", "ERASURE"})
    void whoDiesAfterAChangeLosesNothing(Work work) throws Exception {
        everyCall(work, Death.AFTER);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void whereverItDies(Work work) throws Exception {
        for (Death death : Death.values()) {
            everyCall(work, death);
        }
    }

    private static void everyCall(Work work, Death death) throws Exception {
        int call = 0;
        while (died(work, death, call)) {
            call++;
        }
        System.out.printf("%s, %s: at each of %d calls%n", work, death, call);
        assertThat(call).as("calls of %s", work).isPositive();
    }

    /** False where the work has fewer calls. */
    private static boolean died(Work work, Death death, int call) throws Exception {
        String as = work + ", " + death + " call " + call;
        String user = "anna-" + USERS.incrementAndGet();
        String relationship = work.prepared(house, user, MESSAGES);
        Killer killer = new Killer(death, call);
        boolean done;
        try (Node dying = house.open(killer)) {
            dying.messages(relationship);
            String forgotten = work == Work.DELETION
                    ? dying.memory(relationship, Work.FORGOTTEN).id()
                    : "";
            killer.begin();
            done = tried(() -> work(work, dying, user, relationship, forgotten), as);
            killer.end();
        }
        try (Node next = house.open()) {
            if (work == Work.ERASURE) {
                erased(next, user, relationship, as);
                return killer.struck();
            }
            house.clock.advance(Duration.ofMinutes(10));
            if (!done || work == Work.TURN) {
                // The client sends it again; what is done already is not done twice.
                tried(() -> work(work, next, user, relationship, idOf(next, relationship)), as + ", again");
            }
            house.clock.advance(Duration.ofDays(2));
            for (int i = 0; i < 2; i++) {
                Calls.tidied(next, relationship);
            }
            house.servers.redis().flush();
            List<Message> messages = next.messages(relationship);
            assertThat(messages.stream().filter(message -> message.text().equals(Work.FORGOTTEN)))
                    .as(as)
                    .hasSize(work == Work.DELETION ? 0 : 1);
            boolean turn = work == Work.TURN || work == Work.USE;
            assertThat(messages).as(as).hasSize(MESSAGES + (turn ? 2 : 0) - (work == Work.DELETION ? 1 : 0));
            Told.holds(house, relationship, List.of(), as, next);
            assertThat(next.objects(relationship)).as("objects, %s", as).hasSize((int)
                    next.engine.storages().of(relationship).cold().records());
            return killer.struck();
        }
    }

    private static String idOf(Node node, String relationship) {
        return node.memories(relationship).stream()
                .filter(memory -> memory.text().equals(Work.FORGOTTEN))
                .map(memory -> memory.id())
                .findFirst()
                .orElse("");
    }

    private static void erased(Node next, String user, String relationship, String as) {
        long lines = Scan.of(house)
                .places(List.of(Scan.bytes(Node.partition(relationship).name())))
                .stream()
                .filter(place -> place.startsWith("keys "))
                .count();
        if (lines <= 1) {
            // It was not decided yet: the user is whole, and is erased when that is asked again.
            assertThat(next.messages(relationship)).as(as).hasSize(MESSAGES);
            assertThat(next.engine.users().erase(user).verified()).as(as).isTrue();
        }
        Scan scan = Scan.of(house);
        assertThat(scan.places(List.of(Scan.bytes(Node.partition(relationship).name()))))
                .as(as)
                .isNotEmpty()
                .allMatch(place -> place.startsWith("keys #erasures"));
    }

    private static boolean work(Work work, Node node, String user, String relationship, String forgotten) {
        TurnResult turn = work.on(node, user, relationship, forgotten);
        if (turn != null) {
            assertThat(turn.text()).isEqualTo("I see.");
        }
        return true;
    }

    private static boolean tried(Callable<Boolean> work, String as) throws Exception {
        try {
            return Calls.ends(work);
        } catch (Problem problem) {
            assertThat(problem.code()).as(as + ": " + problem.getMessage()).isIn(Calls.PASSING);
        } catch (StoreException told) {
            // An erasure says what its store said.
            assertThat(told).as(as).hasMessageContaining("The node died");
        } catch (RuntimeException behind) {
            assertThat(behind).as(as).hasMessageContaining("changed by another process");
        }
        return false;
    }

    /** Ends a node at one of its calls; all later ones fail too, but for {@link Death#ONE_CALL}. */
    private static final class Killer implements Step {
        private final Death death;
        private final int at;
        private final AtomicInteger calls = new AtomicInteger(Integer.MIN_VALUE);
        private volatile boolean dead;
        private volatile boolean struck;

        Killer(Death death, int at) {
            this.death = death;
            this.at = at;
        }

        void begin() {
            calls.set(0);
        }

        void end() {
            calls.set(Integer.MIN_VALUE);
        }

        boolean struck() {
            return struck;
        }

        @Override
        public @Nullable Object at(Call call, Callable<Object> real) throws Exception {
            if (dead) {
                throw died();
            }
            boolean counted =
                    death == Death.ONE_CALL || (call.change() && !call.store().equals("HotStore"));
            if (!counted || calls.getAndIncrement() != at) {
                return real.call();
            }
            struck = true;
            dead = death != Death.ONE_CALL;
            if (death == Death.AFTER) {
                Object ignored = real.call();
            }
            throw died();
        }

        private static StoreException died() {
            return new StoreException(StoreException.Kind.UNAVAILABLE, "The node died, says the test.");
        }
    }
}
