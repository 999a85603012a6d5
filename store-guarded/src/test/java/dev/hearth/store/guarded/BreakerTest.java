package dev.hearth.store.guarded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.store.guarded.Breaker.Admission;
import dev.hearth.store.guarded.Breaker.Ending;
import dev.hearth.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BreakerTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
    private final Breaker breaker = breaker(7);

    @Test
    void fewFailuresDoNotOpenIt() {
        end(Ending.FAILED, 4);
        end(Ending.UNDECIDED, 100);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        end(Ending.FAILED, 1);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.opened()).isEqualTo(1);
    }

    @Test
    void halfOfTheCallsMustFail() {
        end(Ending.ANSWERED, 6);
        end(Ending.FAILED, 5);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        end(Ending.FAILED, 1);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void whatIsTenSecondsOldDoesNotCount() {
        end(Ending.FAILED, 4);
        clock.advance(Duration.ofSeconds(Window.SECONDS));
        end(Ending.FAILED, 4);
        clock.advance(Duration.ofSeconds(Window.SECONDS - 1));
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        end(Ending.FAILED, 1);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void oneCallTriesAfterAPauseOfOneToTwoSeconds() {
        boolean early = false;
        boolean late = false;
        for (int seed = 0; seed < 100; seed++) {
            Breaker one = breaker(seed);
            end(one, Ending.FAILED, 5);
            clock.advance(Breaker.SHORTEST_PAUSE.minusNanos(1));
            assertThat(one.admit()).as("seed %d", seed).isNull();
            clock.advance(Duration.ofMillis(500));
            boolean halfway = one.admit() != null;
            early |= halfway;
            late |= !halfway;
            clock.advance(Duration.ofMillis(500).plusNanos(1));
            assertThat(halfway || one.admit() != null).as("seed %d", seed).isTrue();
            assertThat(one.state()).isEqualTo(BreakerState.HALF_OPEN);
            assertThat(one.admit()).as("a second try, seed %d", seed).isNull();
        }
        assertThat(early && late).as("pauses differ").isTrue();
    }

    @Test
    void aTryThatIsAnsweredClosesItAndForgetsWhatWas() {
        Admission trial = trial();
        breaker.ended(trial, Ending.ANSWERED, "");
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        end(Ending.FAILED, 4);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        end(Ending.FAILED, 1);
        assertThat(breaker.opened()).isEqualTo(2);
    }

    @Test
    void aTryThatFailsBeginsAnotherPause() {
        breaker.ended(trial(), Ending.FAILED, "");
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.admit()).isNull();
        assertThat(breaker.refused()).isEqualTo(1);
        clock.advance(Breaker.LONGEST_PAUSE);
        assertThat(breaker.admit()).isNotNull();
        assertThat(breaker.opened()).isEqualTo(1);
    }

    @Test
    void aTryThatTellsNothingMakesRoomForTheNext() {
        breaker.ended(trial(), Ending.UNDECIDED, "");
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(breaker.admit()).isNotNull();
        assertThat(breaker.admit()).isNull();
    }

    @Test
    void whatWasLetThroughBeforeDoesNotCountLater() {
        List<Admission> early = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            early.add(Objects.requireNonNull(breaker.admit()));
        }
        Admission trial = trial();
        breaker.ended(early.get(0), Ending.ANSWERED, "");
        assertThat(breaker.state()).as("answered late, not the try").isEqualTo(BreakerState.HALF_OPEN);
        breaker.ended(trial, Ending.ANSWERED, "");
        early.forEach(late -> breaker.ended(late, Ending.FAILED, ""));
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void whatIsAlwaysLetThroughNeitherTriesNorCountsWhileItIsOpen() {
        end(Ending.FAILED, 5);
        breaker.ended(breaker.admitAlways(), Ending.ANSWERED, "");
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        clock.advance(Breaker.LONGEST_PAUSE);
        breaker.ended(breaker.admitAlways(), Ending.FAILED, "");
        assertThat(breaker.admit()).isNotNull();
    }

    /** A random walk beside a model that remembers every call. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void itDoesWhatItsModelDoes(long seed) {
        Random random = new Random(seed);
        Breaker real = breaker(seed);
        // Each call that counted: its second, and 1 where it failed.
        List<long[]> counted = new ArrayList<>();
        BreakerState state = BreakerState.CLOSED;
        long openedAt = 0;
        long opened = 0;
        double failing = 0.5;
        for (int step = 0; step < 5_000; step++) {
            String where = "seed " + seed + ", step " + step;
            clock.advance(Duration.ofMillis(random.nextInt(400)));
            failing = random.nextInt(100) == 0 ? random.nextDouble() : failing;
            long now = clock.nanoTime();
            Admission admission = real.admit();
            if (state == BreakerState.OPEN) {
                long paused = now - openedAt;
                assertThat(admission == null || paused >= Breaker.SHORTEST_PAUSE.toNanos())
                        .as(where)
                        .isTrue();
                assertThat(admission != null || paused < Breaker.LONGEST_PAUSE.toNanos())
                        .as(where)
                        .isTrue();
                state = admission == null ? BreakerState.OPEN : BreakerState.HALF_OPEN;
            } else {
                assertThat(admission).as(where).isNotNull();
            }
            if (admission == null) {
                continue;
            }
            Ending ending = random.nextInt(10) == 0
                    ? Ending.UNDECIDED
                    : random.nextDouble() < failing ? Ending.FAILED : Ending.ANSWERED;
            real.ended(admission, ending, "");
            if (state == BreakerState.HALF_OPEN && ending == Ending.ANSWERED) {
                state = BreakerState.CLOSED;
                counted.clear();
            } else if (state == BreakerState.HALF_OPEN && ending == Ending.FAILED) {
                state = BreakerState.OPEN;
                openedAt = now;
            } else if (state == BreakerState.CLOSED && ending != Ending.UNDECIDED) {
                long second = now / 1_000_000_000L;
                counted.add(new long[] {second, ending == Ending.FAILED ? 1 : 0});
                counted.removeIf(call -> call[0] <= second - Window.SECONDS);
                long failures = counted.stream().mapToLong(call -> call[1]).sum();
                if (ending == Ending.FAILED && failures >= 5 && failures * 2 >= counted.size()) {
                    state = BreakerState.OPEN;
                    openedAt = now;
                    opened++;
                }
            }
            assertThat(real.state()).as(where).isEqualTo(state);
            assertThat(real.opened()).as(where).isEqualTo(opened);
        }
        assertThat(opened).as("openings of seed %d", seed).isGreaterThan(10);
    }

    private Admission trial() {
        end(Ending.FAILED, 5);
        clock.advance(Breaker.LONGEST_PAUSE);
        return Objects.requireNonNull(breaker.admit());
    }

    private void end(Ending ending, int times) {
        end(breaker, ending, times);
    }

    private static void end(Breaker breaker, Ending ending, int times) {
        for (int i = 0; i < times; i++) {
            breaker.ended(Objects.requireNonNull(breaker.admit()), ending, "");
        }
    }

    private Breaker breaker(long seed) {
        return new Breaker("test", "The store of the test", clock, new Random(seed));
    }
}
