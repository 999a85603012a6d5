package dev.hearth.engine.relationship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.problem.Problem;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.StoreException.Kind;
import dev.hearth.testkit.FaultyColdStore;
import dev.hearth.testkit.FaultyWarmStore.Fault;
import dev.hearth.testkit.MemoryColdStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nobody waits at a relationship's turnstile for the cold store's reads and removals that an erasure needs. */
final class ColdBesideTest {

    private final FaultyColdStore store = new FaultyColdStore(new MemoryColdStore());
    private final List<String> heldUp = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    @Nullable
    private Resident watched;

    /** The store, which notes each call, and whether the turnstile was held by it. */
    private final ColdStore cold = (ColdStore) Proxy.newProxyInstance(
            ColdStore.class.getClassLoader(), new Class<?>[] {ColdStore.class}, (proxy, method, arguments) -> {
                Resident resident = watched;
                if (resident != null) {
                    calls.add(method.getName());
                    if (resident.tryEnter()) {
                        resident.leave();
                    } else {
                        heldUp.add(method.getName());
                    }
                }
                try {
                    return method.invoke(store, arguments);
                } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                }
            });

    @Test
    void deletingHoldsItForThePutAlone() {
        try (Room room = new Room(cold, 100, Long.MAX_VALUE)) {
            assertThat(forget(room, 43)).isTrue();
            assertThat(calls).containsExactlyInAnyOrder("get", "putIfAbsent", "delete");
            assertThat(heldUp).containsExactly("putIfAbsent");
            assertThat(said(room)).hasSize(99).noneMatch(text -> text.contains("number 42 "));
            assertThat(objects(room)).hasSize(1);
        }
    }

    @Test
    void correctingHoldsItForThePutAlone() {
        try (Room room = new Room(cold, 100, Long.MAX_VALUE)) {
            try (Residents.Lease lease = room.lease()) {
                watched = lease.resident();
                StoredMessage corrected = room.relationships
                        .forgetting()
                        .correct(lease.resident(), 43, message -> true, "We never spoke of 42.", null);
                assertThat(corrected).isNotNull();
                watched = null;
            }
            assertThat(heldUp).containsExactly("putIfAbsent");
            assertThat(said(room))
                    .hasSize(100)
                    .contains("We never spoke of 42.")
                    .noneMatch(text -> text.contains("number 42 "));
            assertThat(objects(room)).hasSize(1);
        }
    }

    @Test
    void anObjectThatCouldNotBeRemovedGoesWithTheNextTidying() {
        try (Room room = new Room(cold, 100, Long.MAX_VALUE)) {
            store.onChanges(new Fault.None(), new Fault.Before(Kind.UNAVAILABLE));
            assertThat(forget(room, 43)).isTrue();
            assertThat(objects(room)).hasSize(2);
            assertThat(said(room)).noneMatch(text -> text.contains("number 42 "));

            room.tidyElsewhere();
            assertThat(objects(room)).hasSize(1);
            assertThat(said(room)).hasSize(99).noneMatch(text -> text.contains("number 42 "));
        }
    }

    @Test
    void whatCannotBeReadOrPutIsNotErasedAndNotLost() {
        try (Room room = new Room(cold, 100, Long.MAX_VALUE)) {
            store.onReads(new Fault.Before(Kind.UNAVAILABLE));
            assertThatThrownBy(() -> forget(room, 43)).isInstanceOf(Problem.class);
            store.onChanges(new Fault.Before(Kind.UNAVAILABLE));
            assertThatThrownBy(() -> forget(room, 43)).isInstanceOf(Problem.class);
            assertThat(said(room)).hasSize(100);
            assertThat(objects(room)).hasSize(1);
            assertThat(forget(room, 43)).isTrue();
            assertThat(forget(room, 43)).isFalse();
            assertThat(forget(room, 44)).isTrue();
            assertThat(said(room)).hasSize(98);
            assertThat(objects(room)).hasSize(1);
        }
    }

    private boolean forget(Room room, long seq) {
        calls.clear();
        heldUp.clear();
        try (Residents.Lease lease = room.lease()) {
            watched = lease.resident();
            return room.relationships
                    .forgetting()
                    .forget(lease.resident(), seq, message -> true, Forgetting.Extent.MEMORY);
        } finally {
            watched = null;
        }
    }

    private static List<String> said(Room room) {
        List<String> texts = new ArrayList<>();
        try (Residents.Lease lease = room.lease()) {
            boolean whole =
                    room.relationships.history().each(lease.resident().key(), message -> texts.add(message.text()));
            assertThat(whole).isTrue();
        }
        return texts;
    }

    private List<String> objects(Room room) {
        try (Residents.Lease lease = room.lease()) {
            return store.list(
                    lease.resident().key().partition(), "", Deadline.after(room.clock, Duration.ofSeconds(10)));
        }
    }
}
