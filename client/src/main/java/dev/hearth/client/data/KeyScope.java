package dev.hearth.client.data;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a key opens: the chat faces only, or everything but keys and webhooks. */
public enum KeyScope {
    @JsonProperty("chat")
    CHAT,
    @JsonProperty("app")
    APP,
    /** One that this client does not know yet. Never sent. */
    @JsonEnumDefaultValue
    UNKNOWN
}
