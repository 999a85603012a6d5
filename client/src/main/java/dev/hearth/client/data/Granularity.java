package dev.hearth.client.data;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How finely a time was named. */
public enum Granularity {
    @JsonProperty("hour")
    HOUR,
    @JsonProperty("part_of_day")
    PART_OF_DAY,
    @JsonProperty("day")
    DAY,
    @JsonProperty("weekend")
    WEEKEND,
    @JsonProperty("week")
    WEEK,
    @JsonProperty("month")
    MONTH,
    @JsonProperty("season")
    SEASON,
    @JsonProperty("year")
    YEAR,
    @JsonProperty("decade")
    DECADE,
    /** One that this client does not know yet. Never sent. */
    @JsonEnumDefaultValue
    UNKNOWN
}
