package dev.hearth.engine.when;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a logical day that have names.
 *
 * @param ends null where it lasts as long as the day
 */
record PartOfDay(LocalTime begins, @Nullable LocalTime ends) {

    private static final PartOfDay MORNING = new PartOfDay(LocalTime.of(4, 0), LocalTime.NOON);
    private static final PartOfDay AFTERNOON = new PartOfDay(LocalTime.NOON, LocalTime.of(18, 0));
    static final PartOfDay NIGHT = new PartOfDay(LocalTime.of(18, 0), null);

    static @Nullable PartOfDay named(String word) {
        return switch (word) {
            case "morning" -> MORNING;
            case "afternoon" -> AFTERNOON;
            case "evening", "night" -> NIGHT;
            default -> null;
        };
    }
}
