package dev.hearth.engine.when;

/** How finely an expression names a time, from the finest on; the interval itself may be several of these long. */
public enum Granularity {
    HOUR,
    PART_OF_DAY,
    DAY,
    WEEKEND,
    WEEK,
    MONTH,
    SEASON,
    YEAR,
    DECADE
}
