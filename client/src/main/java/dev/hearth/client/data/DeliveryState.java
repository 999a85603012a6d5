package dev.hearth.client.data;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a delivery has come; dead ones are not tried again by themselves. */
public enum DeliveryState {
    @JsonProperty("pending")
    PENDING,
    @JsonProperty("delivered")
    DELIVERED,
    @JsonProperty("dead")
    DEAD,
    /** One that this client does not know yet. Never sent. */
    @JsonEnumDefaultValue
    UNKNOWN
}
