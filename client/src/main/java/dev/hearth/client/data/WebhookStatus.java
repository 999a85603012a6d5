package dev.hearth.client.data;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a webhook is sent to. */
public enum WebhookStatus {
    @JsonProperty("active")
    ACTIVE,
    @JsonProperty("paused")
    PAUSED,
    /** One that this client does not know yet. Never sent. */
    @JsonEnumDefaultValue
    UNKNOWN
}
