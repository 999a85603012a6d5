package dev.hearth.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hearth.client.HearthClient;
import dev.hearth.integrations.testkit.DoorsDocument;
import dev.hearth.integrations.testkit.RealHearth;
import dev.hearth.spring.boot.example.FriendApplication;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Applications of Spring Boot that use the starter, on a real server. */
@Timeout(60)
final class HearthAutoConfigurationTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static ConfigurableApplicationContext run(Class<?> application, String... arguments) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments);
    }

    @Test
    void aFriendRemembersInTheNextApplication() {
        try (RealHearth server = RealHearth.in(folder)) {
            String[] arguments = {"--hearth.url=" + server.address(), "--hearth.api-key=" + RealHearth.KEY};
            try (ConfigurableApplicationContext first = run(FriendApplication.class, arguments)) {
                first.getBean(FriendApplication.Friend.class).reply("ben", "My cat is called Miso.");
            }
            HearthClient closed;
            try (ConfigurableApplicationContext second = run(FriendApplication.class, arguments)) {
                assertThat(second.getBean(FriendApplication.Friend.class).reply("ben", "What is my cat called?"))
                        .contains("Miso");
                closed = second.getBean(HearthClient.class);
            }
            assertThatThrownBy(() -> closed.companions().list().first()).isInstanceOf(RuntimeException.class);
        }
    }

    /** An application that makes its own client. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class WithItsOwn {
        @Bean
        HearthClient own() {
            return HearthClient.connect(URI.create("http://127.0.0.1:9"), "hk_own");
        }
    }

    @Test
    void aClientOfTheApplicationsOwnComesFirstAndNeedsNoProperties() {
        try (ConfigurableApplicationContext context = run(WithItsOwn.class)) {
            assertThat(context.getBeansOfType(HearthClient.class)).containsOnlyKeys("own");
        }
    }

    @Test
    void aMissingKeyIsToldWithWhatToDo() {
        for (String key : new String[] {"--hearth.api-key=", "--hearth.api-key= "}) {
            Throwable failure = catchThrowable(() -> run(FriendApplication.class, key));
            assertThat(failure)
                    .isInstanceOf(BeanCreationException.class)
                    .hasRootCauseInstanceOf(ApiKeyMissing.class)
                    .hasStackTraceContaining("hearth.api-key is not set");
            FailureAnalysis analysis = Objects.requireNonNull(new ApiKeyMissingAnalyzer().analyze(failure));
            assertThat(analysis.getAction()).contains("HEARTH_API_KEY", "/v1/keys");
        }
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, (type, name, needsAContext) -> {}))
                .anyMatch(ApiKeyMissingAnalyzer.class::isInstance);
    }

    @Test
    void thePropertiesAreDescribedForEditorsAndTheKeyIsNotPrinted() throws IOException {
        try (InputStream described = Objects.requireNonNull(
                HearthProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            assertThat(new String(described.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"hearth.url\"", "\"hearth.api-key\"", "http:\\/\\/127.0.0.1:8080");
        }
        assertThat(new HearthProperties(URI.create("http://127.0.0.1:1"), "hk_secret"))
                .hasToString("HearthProperties[url=http://127.0.0.1:1, apiKey=given]");
    }

    @Test
    void theDocumentsExampleIsTheOneThatRunsHere() throws IOException {
        DoorsDocument.assertHolds("spring-boot", "dev/hearth/spring/boot/example/FriendApplication.java");
    }
}
