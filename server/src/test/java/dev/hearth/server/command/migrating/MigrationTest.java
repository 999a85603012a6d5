package dev.hearth.server.command.migrating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.MigrationNotes;
import dev.hearth.server.stores.Side;
import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import dev.hearth.testkit.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a migration does and refuses. */
final class MigrationTest {

    private static final Partition ANNA = House.USERS.get(0);
    private static final Partition BEN = House.USERS.get(1);

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
    private final House source = House.lived(clock, new Random(11));
    private final House target = new House(clock);

    @Test
    void everythingArrivesAndASecondRunWritesNothing() {
        Report first = run(source, target);
        assertThat(first.same()).isTrue();
        assertThat(first.writes()).isPositive();
        assertThat(target.dump()).isEqualTo(source.dump());
        assertThat(run(source, target).writes()).isZero();
        assertThat(printed(first)).contains("The target is the same as the source and can be served.");
    }

    @Test
    void whatWasErasedBetweenTwoRunsIsErasedInTheTarget() {
        run(source, target);
        source.erase(ANNA);
        Report again = run(source, target);
        assertThat(again.same()).isTrue();
        assertThat(printed(again)).contains("partitions dropped 1");
        assertThat(target.dump()).isEqualTo(source.dump());
        assertThat(target.keys.find(ANNA)).isNull();
        assertThat(target.warm.exists(ANNA, target.soon())).isFalse();
    }

    @Test
    void whoCameBackUnderAnotherKeyComesWithThatOne() {
        run(source, target);
        source.erase(ANNA);
        source.write(ANNA, new Random(3), 4);
        assertThat(run(source, target).same()).isTrue();
        assertThat(target.dump()).isEqualTo(source.dump());
    }

    @Test
    void whatHasEndedStaysBehind() {
        Write.Operation ends =
                new Write.Operation.Put("ends", 1, new byte[1], clock.now().plusSeconds(5));
        source.warm.write(ANNA, new Write(List.of(), List.of(ends)), source.soon());
        clock.advance(Duration.ofSeconds(5));
        House late = new House(ManualClock.at("2026-03-01T12:00:00Z"));
        assertThat(run(source, late).same()).isTrue();
        assertThat(late.warm.get(ANNA, "ends", late.soon())).isNull();
    }

    @Test
    void aTargetWithAnybodyElseInItIsRefusedUntouched() {
        House other = House.lived(clock, new Random(5));
        var before = other.dump();
        refused(source, other, "did not come from this migration");
        assertThat(other.dump()).isEqualTo(before);
        assertThat(other.notes().names()).isEmpty();
    }

    @Test
    void aKeyAnObjectOrAnErasureOfSomebodyElseIsEnoughToRefuse() {
        House keyed = new House(clock);
        assertThat(keyed.keys.findOrCreate(BEN)).isNotNull();
        refused(source, keyed, "did not come from this migration (user1)");
        House old = new House(clock);
        assertThat(old.cold.putIfAbsent(BEN, "s/1", new byte[1], old.soon())).isTrue();
        refused(source, old, "did not come from this migration (user1)");
        House erased = new House(clock);
        erased.erase(new Partition("stranger"));
        refused(source, erased, "ledger of erasures");
    }

    @Test
    void aTargetThatWasServedIsNobodysTargetAnyMore() {
        run(source, target);
        MigrationNotes.admit(target.warm, target.cold, clock);
        assertThat(target.notes().names()).isEmpty();
        refused(source, target, "it has been served");
    }

    @Test
    void anUnfinishedTargetIsNotServedAndIsNoSource() {
        House half = new House(clock);
        Killer killer = new Killer(60, false);
        Move move = House.move(source.side(killer), half.side(killer), clock);
        assertThatThrownBy(() -> migrate(move)).isInstanceOf(Killer.Killed.class);
        assertThatThrownBy(() -> MigrationNotes.admit(half.warm, half.cold, clock))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("hearth migrate");
        refused(half, new House(clock), "is itself being filled");
        assertThat(run(source, half).same()).isTrue();
        MigrationNotes.admit(half.warm, half.cold, clock);
    }

    @Test
    void anotherSourceDoesNotGoOnWhereThisOneStopped() {
        run(source, target);
        House twin = new House(clock);
        assertThat(twin.keys.findOrCreate(ANNA)).isNotNull();
        twin.keys.destroy(Partition.SYSTEM);
        refused(twin, target, "There is nothing to move");
        twin.keys.findOrCreate(Partition.SYSTEM);
        twin.keys.destroy(Partition.SYSTEM);
        twin.keys.findOrCreate(Partition.SYSTEM);
        refused(twin, target, "from another source");
    }

    @Test
    void anotherOperatorsKeyIsRefusedByTheStoreToo() {
        House other = new House(clock, House.OPERATOR + 1);
        assertThatThrownBy(() -> run(source, other)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> MigrationNotes.admit(other.warm, other.cold, clock))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aSourceThatIsServedMeanwhileDiffers() {
        AtomicInteger listed = new AtomicInteger();
        CopyableWarmStore used = Killer.heard(CopyableWarmStore.class, source.warm, call -> {
            if (call.equals("partitions") && listed.incrementAndGet() == 2) {
                source.write(BEN, new Random(1), 9);
                source.erase(ANNA);
            }
        });
        Side changing = new Side("the source", used, source.cold, source.keys, source.erasures);
        Report report = migrate(House.move(changing, target.side("the target"), clock));
        assertThat(report.same()).isFalse();
        assertThat(report.different()).containsOnlyKeys(ANNA.name(), BEN.name(), "(erasures)");
        assertThat(printed(report)).contains("Differs: user1: ", "3 of them differ", "cannot be served yet");
        assertThatThrownBy(() -> MigrationNotes.admit(target.warm, target.cold, clock))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void moreThanAWriteTakesGoesIntoSeveral() {
        for (int i = 0; i < 15; i++) {
            Write.Operation large = new Write.Operation.Put("large/" + i, 1, new byte[WarmStore.MAX_VALUE_BYTES], null);
            source.warm.write(BEN, new Write(List.of(), List.of(large)), source.soon());
        }
        assertThat(run(source, target).same()).isTrue();
        assertThat(target.dump()).isEqualTo(source.dump());
    }

    @Test
    void aDamagedPartitionKeepsNoOtherBackAndTheTargetFromBeingServed() {
        AtomicInteger read = new AtomicInteger();
        CopyableWarmStore damaged = Killer.heard(CopyableWarmStore.class, source.warm, call -> {
            if (call.equals("copies") && read.incrementAndGet() == 1) {
                throw new StoreException(StoreException.Kind.CORRUPT, "It is damaged.");
            }
        });
        Side from = new Side("the source", damaged, source.cold, source.keys, source.erasures);
        Report report = migrate(House.move(from, target.side("the target"), clock));
        assertThat(report.different()).containsValue("It is damaged.").hasSize(1);
        assertThat(target.warm.partitions(target.soon())).contains(Partition.SYSTEM, House.USERS.get(3));
        assertThatThrownBy(() -> MigrationNotes.admit(target.warm, target.cold, clock))
                .isInstanceOf(StoreException.class);
        assertThat(run(source, target).same()).isTrue();
        assertThat(target.dump()).isEqualTo(source.dump());
    }

    @Test
    void onlyTheColdStoreMayMoveAndHoldsItsOwnNotes() {
        House elsewhere = new House(clock);
        Side from = source.side("the source");
        Side to = new Side("the target", source.warm, elsewhere.cold, source.keys, source.erasures);
        Move move = new Move(from, to, false, true, clock);
        var before = source.dump();
        Report report = migrate(move);
        assertThat(report.same()).isTrue();
        assertThat(report.writes()).isPositive();
        assertThat(source.dump()).isEqualTo(before);
        assertThat(source.notes().names()).isEmpty();
        for (Partition partition : source.cold.partitions(source.soon())) {
            assertThat(elsewhere.cold.list(partition, "", source.soon()))
                    .isEqualTo(source.cold.list(partition, "", source.soon()));
        }
        MigrationNotes.admit(source.warm, elsewhere.cold, clock);
        assertThat(elsewhere.cold.partitions(source.soon())).doesNotContain(MigrationNotes.PARTITION);
    }

    private void refused(House from, House to, String told) {
        assertThatThrownBy(() -> run(from, to)).isInstanceOf(Unfit.class).hasMessageContaining(told);
    }

    private Report run(House from, House to) {
        return migrate(House.move(from.side("the source"), to.side("the target"), clock));
    }

    private Report migrate(Move move) {
        return new Migration(move, new Progress(new PrintWriter(new StringWriter()), clock), 3).run();
    }

    private static String printed(Report report) {
        StringWriter out = new StringWriter();
        report.print(new PrintWriter(out));
        return out.toString();
    }
}
