package dev.hearth.spring.boot;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Hearth is.
 *
 * @param url the server's address
 * @param apiKey a key of scope app, as POST /v1/keys makes them
 */
@ConfigurationProperties("hearth")
public record HearthProperties(
        @DefaultValue("http://127.0.0.1:8080") URI url,
        @Nullable String apiKey) {

    /** Without the key. */
    @Override
    public String toString() {
        return "HearthProperties[url=" + url + ", apiKey=" + (apiKey == null ? "missing" : "given") + "]";
    }
}
