package dev.hearth.client.data;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Who said it. */
public enum Role {
    @JsonProperty("user")
    USER,
    @JsonProperty("companion")
    COMPANION,
    /** One that this client does not know yet. Never sent. */
    @JsonEnumDefaultValue
    UNKNOWN
}
