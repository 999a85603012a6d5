package dev.hearth.client.data;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How a turn ended, or that it has not. */
public enum TurnStatus {
    @JsonProperty("open")
    OPEN,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("interrupted")
    INTERRUPTED,
    @JsonProperty("failed")
    FAILED,
    /** One that this client does not know yet. Never sent. */
    @JsonEnumDefaultValue
    UNKNOWN
}
