package dev.hearth.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelEndpointTest {

    private static ModelEndpoint endpoint(String url, String model, @Nullable String key) {
        return new ModelEndpoint(URI.create(url), model, key, Duration.ofSeconds(1));
    }

    @Test
    void the_key_is_never_shown() {
        assertThat(endpoint("https://example.org", "m", "sk-secret").toString())
                .contains("example.org", "***")
                .doesNotContain("secret");
        assertThat(endpoint("https://example.org", "m", null).toString()).contains("none");
    }

    @Test
    void a_key_with_a_stray_newline_is_stripped_and_a_broken_one_refused_unseen() {
        assertThat(endpoint("http://h", "m", " sk-1\n").key()).isEqualTo("sk-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint("http://h", "m", "sk-1\nsk-2"))
                .withMessageContaining("HEARTH_MODEL_KEY")
                .withMessageNotContaining("sk-");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, http://localhost:8080/v1/chat/completions",
        "http://localhost:8080/, http://localhost:8080/v1/chat/completions",
        "http://localhost:8080/v1, http://localhost:8080/v1/chat/completions",
        "https://h/api/v1/, https://h/api/v1/chat/completions",
        "https://h/openai/chat/completions, https://h/openai/chat/completions"
    })
    void the_base_url_may_be_written_as_people_do(String base, String expected) {
        assertThat(endpoint(base, "m", null).at("/chat/completions")).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"ftp://h", "localhost:8080", "http://user:secret@h", "http://h/?key=secret", "http:///v1"})
    void what_cannot_work_is_refused_without_repeating_it(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint(url, "m", null))
                .withMessageContaining("HEARTH_MODEL_URL")
                .withMessageNotContaining("secret");
    }
}
