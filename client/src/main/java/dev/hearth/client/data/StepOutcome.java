package dev.hearth.client.data;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How a step of a turn ended. */
public enum StepOutcome {
    @JsonProperty("ok")
    OK,
    @JsonProperty("late")
    LATE,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("skipped")
    SKIPPED,
    /** One that this client does not know yet. Never sent. */
    @JsonEnumDefaultValue
    UNKNOWN
}
