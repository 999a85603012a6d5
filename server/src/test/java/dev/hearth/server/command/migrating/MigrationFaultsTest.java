package dev.hearth.server.command.migrating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.MigrationNotes;
import dev.hearth.testkit.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Killed between any two calls of a store, and run again. */
final class MigrationFaultsTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

    @Test
    void killedAtEveryCallItEndsWithTheSame() {
        long seed = new Random().nextLong();
        System.out.println("MigrationFaultsTest.killedAtEveryCallItEndsWithTheSame: seed " + seed);
        House source = House.lived(clock, new Random(seed));
        for (boolean after : List.of(false, true)) {
            int kills = 0;
            for (int at = 1; ; at++) {
                String where = "seed " + seed + ", call " + at + (after ? ", after it" : ", before it");
                House target = new House(clock);
                Map<String, String> before = target.dump();
                if (!killed(source, target, new Killer(at, after), 1)) {
                    break;
                }
                kills++;
                servedOnlyWhole(source, target, before, where);
                assertThat(run(source, target, Killer.never(), 1).different())
                        .as(where)
                        .isEmpty();
                assertThat(target.dump()).as(where).isEqualTo(source.dump());
            }
            assertThat(kills).isGreaterThan(80);
        }
    }

    @Test
    void killedAgainAndAgainWhileTheSourceLivesOnItEndsWithTheSame() {
        long first = new Random().nextLong();
        System.out.println("MigrationFaultsTest.killedAgainAndAgain...: seeds from " + first);
        for (long seed = first; seed < first + 40; seed++) {
            Random random = new Random(seed);
            House source = House.lived(clock, random);
            House target = new House(clock);
            int workers = seed % 2 == 0 ? 1 : 4;
            for (int i = random.nextInt(6); i > 0; i--) {
                Map<String, String> before = target.dump();
                boolean could = servable(target);
                boolean ignored =
                        killed(source, target, new Killer(1 + random.nextInt(200), random.nextBoolean()), workers);
                servedOnlyWhole(source, target, could ? before : null, "seed " + seed);
                clock.advance(Duration.ofSeconds(random.nextInt(400)));
                source.live(random);
            }
            assertThat(run(source, target, Killer.never(), 1).different())
                    .as("seed " + seed)
                    .isEmpty();
            assertThat(target.dump()).as("seed " + seed).isEqualTo(source.dump());
            assertThat(run(source, target, Killer.never(), 1).writes())
                    .as("seed " + seed)
                    .isZero();
        }
    }

    /** Who may be served has all that the source has, or could be served before and was not touched. */
    private static void servedOnlyWhole(
            House source, House target, @Nullable Map<String, String> before, String where) {
        if (servable(target) && !target.dump().equals(before)) {
            assertThat(target.dump()).as(where).isEqualTo(source.dump());
        }
    }

    private static boolean servable(House target) {
        return !target.notes().names().contains(MigrationNotes.UNFINISHED);
    }

    private boolean killed(House source, House target, Killer killer, int workers) {
        try {
            Report ignored = run(source, target, killer, workers);
            return false;
        } catch (Killer.Killed died) {
            return true;
        }
    }

    private Report run(House source, House target, Killer killer, int workers) {
        Move move = House.move(source.side(killer), target.side(killer), clock);
        return new Migration(move, new Progress(new PrintWriter(new StringWriter()), clock), workers).run();
    }
}
