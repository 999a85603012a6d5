package dev.hearth.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node stands still before or after each change that it makes in a store, longer than any claim and than an object may be
 * without a name, while another goes on, puts away and tidies. Then it goes on too, its late request among the rest:
 * nothing is lost, nothing is twice, no object is missing that a record names.
 */
final class PausedNodeTest {

    private static final Duration PAUSE = Duration.ofHours(3);
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final int MESSAGES = 60;
    private static final AtomicInteger USERS = new AtomicInteger();

    @AutoClose
    private static RealHouse house;

    @BeforeAll
    static void open() throws Exception {
        house = new RealHouse();
    }

    @ParameterizedTest
    @EnumSource(names = {"DEMOTION", "DELETION"})
    void whatStoodStillLosesNothing(Work work) throws Exception {
        everyChange(work, false);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"TURN", "FOLD", "DEMOTION", "PROMOTION", "DELETION"})
    void whereverItStoodStill(Work work) throws Exception {
        everyChange(work, true);
        if (work != Work.DEMOTION && work != Work.DELETION) {
            everyChange(work, false);
        }
    }

    private static void everyChange(Work work, boolean after) throws Exception {
        int change = 0;
        while (paused(work, change, after)) {
            change++;
        }
        System.out.printf("%s stood still %s each of %d changes%n", work, after ? "after" : "before", change);
        assertThat(change).as("changes of %s", work).isPositive();
    }

    /** False where the work has fewer changes. */
    private static boolean paused(Work work, int change, boolean after) throws Exception {
        String as = work + ", " + (after ? "after" : "before") + " change " + change;
        String user = "anna-" + USERS.incrementAndGet();
        String relationship = work.prepared(house, user, MESSAGES);
        Pause pause = new Pause(change, after);
        List<TurnResult> acknowledged = new ArrayList<>();
        try (Node slow = house.open(pause);
                Node other = house.open()) {
            String forgotten = work == Work.DELETION
                    ? other.memory(relationship, Work.FORGOTTEN).id()
                    : "";
            slow.messages(relationship);
            pause.begin();
            CompletableFuture<Boolean> done =
                    Calls.later(() -> work(work, slow, user, relationship, forgotten, acknowledged));
            boolean stands = pause.stands(done);
            if (stands) {
                house.clock.advance(PAUSE);
                acknowledged.add(Calls.say(() -> other, relationship, "I tell you story number 3.", null));
                int ignored = Calls.ends(() -> other.engine.tiering().tidy(relationship));
                house.clock.advance(PAUSE);
                ignored = Calls.ends(() -> other.engine.tiering().tidy(relationship));
                pause.end();
            }
            boolean worked = ended(done, as);
            pause.end();
            for (Node node : List.of(slow, other)) {
                Calls.tidied(node, relationship);
            }
            house.clock.advance(PAUSE);
            Calls.tidied(other, relationship);
            // What is read comes from where it lies.
            house.servers.redis().flush();
            if (work == Work.DELETION && worked) {
                for (Node node : List.of(slow, other)) {
                    assertThat(node.messages(relationship))
                            .as(as)
                            .hasSizeGreaterThanOrEqualTo(MESSAGES - 1)
                            .noneMatch(message -> message.text().equals(Work.FORGOTTEN));
                }
            } else {
                assertThat(other.messages(relationship)).as(as).hasSizeGreaterThanOrEqualTo(MESSAGES);
            }
            // Two spoke at the same time: what counts is that both are told in one order.
            List<Message> told = other.messages(relationship);
            acknowledged.sort(Comparator.comparing(
                    turn -> Told.places(told, turn.turnId()).toString()));
            Told.holds(house, relationship, List.copyOf(acknowledged), as, slow, other);
            assertThat(other.objects(relationship)).as("objects, %s", as).hasSize((int)
                    other.engine.storages().of(relationship).cold().records());
            return stands;
        }
    }

    private static boolean work(
            Work work, Node node, String user, String relationship, String forgotten, List<TurnResult> acknowledged) {
        TurnResult turn = work.on(node, user, relationship, forgotten);
        if (turn != null) {
            acknowledged.add(turn);
        }
        return true;
    }

    private static boolean ended(CompletableFuture<Boolean> done, String as) throws Exception {
        try {
            return done.get(120, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Problem problem) {
                assertThat(problem.code())
                        .as(as + ": " + problem.getMessage())
                        .isIn(Code.CONFLICT, Code.OVERLOADED, Code.DEADLINE_EXCEEDED, Code.TURN_IN_PROGRESS);
                return false;
            }
            // A step of the background's own is begun again.
            assertThat(failed.getCause()).as(as).hasMessageContaining("changed by another process");
            return false;
        }
    }

    /** Holds one change of a node; what it then does comes late to the store, and is done. */
    private static final class Pause implements Step {
        private final int change;
        private final boolean after;
        private final AtomicInteger changes = new AtomicInteger(-1_000_000);
        private final CountDownLatch stands = new CountDownLatch(1);
        private final CountDownLatch goesOn = new CountDownLatch(1);

        Pause(int change, boolean after) {
            this.change = change;
            this.after = after;
        }

        void begin() {
            changes.set(0);
        }

        void end() {
            goesOn.countDown();
        }

        /** Whether it came to stand still before it was done. */
        boolean stands(CompletableFuture<?> done) throws InterruptedException {
            CompletableFuture<?> ignored = done.whenComplete((value, failure) -> goesOn.countDown());
            while (!done.isDone()) {
                if (stands.await(10, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
            return stands.getCount() == 0;
        }

        @Override
        public @Nullable Object at(Call call, Callable<Object> real) throws Exception {
            boolean counted = call.change() && !call.store().equals("HotStore");
            boolean held = counted && changes.getAndIncrement() == change;
            if (held && after) {
                Object answer = real.call();
                hold();
                return answer;
            }
            if (held) {
                hold();
                for (int i = 0; i < call.arguments().length; i++) {
                    if (call.arguments()[i] instanceof Deadline) {
                        call.arguments()[i] = Deadline.after(Clock.system(), LATE);
                    }
                }
            }
            return real.call();
        }

        private void hold() throws InterruptedException {
            stands.countDown();
            if (!goesOn.await(120, TimeUnit.SECONDS)) {
                throw new AssertionError("Nobody let it go on.");
            }
        }
    }
}
