package dev.hearth.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.auth.OperatorKey;
import dev.hearth.server.config.ConfigKey;
import dev.hearth.server.config.ConfigReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GreetingTest {

    private static String greeting(Map<ConfigKey, String> flags, Map<String, String> environment) {
        StringWriter out = new StringWriter();
        Greeting.print(
                new PrintWriter(out), ConfigReader.read(null, environment, flags), OperatorKey.of("hk_secret"), 8080);
        return out.toString();
    }

    @Test
    void thePageOpensWithTheServersOwnKey() {
        assertThat(greeting(Map.of(), Map.of()).lines()).contains("  open     http://127.0.0.1:8080/#key=hk_secret");
        assertThat(greeting(Map.of(ConfigKey.HOST, "::1"), Map.of()).lines())
                .contains("  open     http://[::1]:8080/#key=hk_secret");
    }

    @Test
    void aConfiguredKeyIsNotPrinted() {
        assertThat(greeting(Map.of(), Map.of("HEARTH_API_KEY", "hk_secret")))
                .contains("  open     http://127.0.0.1:8080/\n")
                .doesNotContain("hk_secret");
    }
}
