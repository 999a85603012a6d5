package dev.hearth.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class RedisSettingsTest {

    @Test
    void thePasswordIsNeverPrinted() {
        URI uri = URI.create("rediss://user:secret@host/2");
        assertThat(new RedisSettings(uri, true, "hearth").toString())
                .doesNotContain("secret")
                .contains("rediss://host:6379");
    }

    @Test
    void aMistakeIsToldWhenItIsMade() {
        for (String uri : new String[] {
            "http://:secret@host", "host:6379", "redis:///2", "redis://:secret@host/two", "redis://:secret@host?x=1"
        }) {
            assertThatIllegalArgumentException()
                    .as(uri)
                    .isThrownBy(() -> new RedisSettings(URI.create(uri), false, "hearth"))
                    .withMessageContaining("redis://")
                    .withMessageNotContaining("secret");
        }
        for (String prefix : new String[] {"", "a:b", "{a}", "x".repeat(65)}) {
            assertThatIllegalArgumentException()
                    .as(prefix)
                    .isThrownBy(() -> new RedisSettings(URI.create("redis://host"), false, prefix));
        }
    }
}
