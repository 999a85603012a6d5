package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ColdStore} does. */
public abstract class ColdStoreContract {

    private static final Partition ANNA = new Partition("anna0");
    private static final Partition BEN = new Partition("ben1");

    protected final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

    protected ColdStore store;

    /** A store on this test's storage, which is empty at first; called again after a close, it sees what was put. */
    protected abstract ColdStore open();

    /** Closes {@code open} and opens another on the same storage. */
    protected ColdStore reopen(ColdStore open) {
        open.close();
        return open();
    }

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    @Test
    protected final void anObjectIsNeverReplaced() {
        assertThat(store.get(ANNA, "segments/1", soon())).isNull();
        assertThat(put(ANNA, "segments/1", 1, 2)).isTrue();
        assertThat(put(ANNA, "segments/1", 3)).isFalse();
        assertThat(store.get(ANNA, "segments/1", soon())).containsExactly(1, 2);
        store.delete(ANNA, "segments/1", soon());
        store.delete(ANNA, "segments/1", soon());
        assertThat(store.get(ANNA, "segments/1", soon())).isNull();
        assertThat(put(ANNA, "segments/1", 3)).isTrue();
        assertThat(store.get(ANNA, "segments/1", soon())).containsExactly(3);
    }

    @Test
    protected final void sizesFromNothingToMegabytesComeBackWhole() {
        byte[] large = new byte[5_000_000];
        new Random(7).nextBytes(large);
        assertThat(store.putIfAbsent(ANNA, "large", large, soon())).isTrue();
        assertThat(store.putIfAbsent(ANNA, "empty", new byte[0], soon())).isTrue();
        store = reopen(store);
        assertThat(store.get(ANNA, "large", soon())).isEqualTo(large);
        assertThat(store.get(ANNA, "empty", soon())).isEmpty();
    }

    @Test
    protected final void aNameMayBeginAnotherAndHoldWhatFoldersDislike() {
        List<String> names = List.of("-", ".", "./a", "/", "a", "a.", "a/", "a/b", "a/b/c", "a//b", "x".repeat(200));
        for (String name : names) {
            assertThat(store.putIfAbsent(ANNA, name, name.getBytes(StandardCharsets.UTF_8), soon()))
                    .as(name)
                    .isTrue();
        }
        for (String name : names) {
            assertThat(store.get(ANNA, name, soon())).as(name).asString().isEqualTo(name);
        }
        assertThat(store.list(ANNA, "", soon()))
                .containsExactlyElementsOf(names.stream().sorted().toList());
    }

    @Test
    protected final void namesAreListedInOrderByPrefix() {
        for (String name : List.of("s/2", "s/10", "t/1", "s/1", "s-1")) {
            put(ANNA, name, 1);
        }
        put(BEN, "s/9", 1);
        assertThat(store.list(ANNA, "s/", soon())).containsExactly("s/1", "s/10", "s/2");
        assertThat(store.list(ANNA, "", soon())).containsExactly("s-1", "s/1", "s/10", "s/2", "t/1");
        assertThat(store.list(ANNA, "u", soon())).isEmpty();
        assertThat(store.list(new Partition("nobody"), "", soon())).isEmpty();
    }

    @Test
    protected final void otherNamesAreTheCallersMistake() {
        for (String name : List.of("", "x".repeat(201), "..", "a/../b", "A", "a b", "\u00e9", "a\\b", "a\0")) {
            assertThatThrownBy(() -> put(ANNA, name, 1)).as(name).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.get(ANNA, name, soon()))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.list(ANNA, "", soon())).isEmpty();
    }

    @Test
    protected final void aDropRemovesOnePartitionAndSaysHowMuch() {
        assertThat(store.drop(ANNA, soon())).isEqualTo(Removal.NOTHING);
        put(ANNA, "a", 1, 2, 3);
        put(ANNA, "b/c", 1, 2);
        put(BEN, "a", 9);
        assertThat(store.drop(ANNA, soon())).isEqualTo(new Removal(2, 5));
        assertThat(store.list(ANNA, "", soon())).isEmpty();
        assertThat(store.get(ANNA, "a", soon())).isNull();
        assertThat(store.get(BEN, "a", soon())).containsExactly(9);
        assertThat(store.drop(ANNA, soon())).isEqualTo(Removal.NOTHING);
        assertThat(put(ANNA, "a", 4)).isTrue();
        store = reopen(store);
        assertThat(store.list(ANNA, "", soon())).containsExactly("a");
        assertThat(store.list(BEN, "", soon())).containsExactly("a");
    }

    @Test
    protected final void ofManyWhoPutOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = "o/" + round;
            List<Boolean> stored = Together.run(8, thread -> () -> put(ANNA, name, thread));
            assertThat(stored).containsOnlyOnce(true);
            assertThat(store.get(ANNA, name, soon())).containsExactly(stored.indexOf(true));
        }
    }

    @Test
    protected final void aClosedStoreSaysSo() {
        store.close();
        store.close();
        Asking.assertClosed(() -> put(ANNA, "a", 1));
        Asking.assertClosed(() -> store.get(ANNA, "a", soon()));
        Asking.assertClosed(() -> store.list(ANNA, "", soon()));
        Asking.assertClosed(() -> store.drop(ANNA, soon()));
    }

    private boolean put(Partition partition, String name, int... content) {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        return store.putIfAbsent(partition, name, bytes, soon());
    }

    private Deadline soon() {
        return Asking.soon(clock);
    }
}
