package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.TestServer.Answer;
import dev.hearth.testkit.ScriptedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of Open WebUI, LibreChat and SillyTavern, played again. */
final class FrontEndsTest {

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
        server.put("/v1/companions/aria", "{\"name\":\"Aria\",\"personality\":{\"core_traits\":[\"warm\"]}}");
        server.model.otherwise(request -> ScriptedModel.say("How ", "lovely."));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Answer play(String name) {
        try (InputStream in =
                Objects.requireNonNull(FrontEndsTest.class.getResourceAsStream("/frontends/" + name + ".json"), name)) {
            return server.post("/v1/chat/completions", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String remembered(String user) {
        return server.get("/v1/relationships/aria:" + user + "/messages").text();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open-webui-chat", "librechat-chat", "sillytavern-chat"})
    void aChatIsATurnWithTheWordsAlone(String name) {
        assertThat(play(name).ok().text()).contains("lovely.").contains("[DONE]");
        String user = name.startsWith("librechat") ? "65f0c0ffee" : "me";
        assertThat(remembered(user))
                .contains("\"My sister Mara moved to Porto.\"")
                .doesNotContain("fictional chat", "café", "*waves*", "Stay in the scene");
        assertThat(server.get("/v1/relationships/aria:" + user)
                        .body()
                        .get("messages")
                        .intValue())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open-webui-title",
                "open-webui-tags",
                "open-webui-follow-ups",
                "open-webui-autocomplete",
                "librechat-title",
                "librechat-title-structured",
                "sillytavern-impersonate",
                "sillytavern-continue",
                "sillytavern-summary",
                "sillytavern-expression"
            })
    void housekeepingIsAnsweredAndNeverRemembered(String name) {
        String user = name.startsWith("librechat") ? "65f0c0ffee" : "me";
        play(name.startsWith("librechat") ? "librechat-chat" : "open-webui-chat")
                .ok();
        String before = remembered(user);

        assertThat(play(name).ok().text()).contains("lovely.");
        assertThat(remembered(user)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open-webui-title", "librechat-title", "sillytavern-summary", "open-webui-tags"})
    void anErrandKnowsWhatTheFrontEndSaysAndNothingElse(String name) {
        play("open-webui-chat").ok();
        server.post("/v1/relationships/aria:me/messages", "{\"text\":\"My secret is a blue door.\"}")
                .ok();
        play(name).ok();
        assertThat(server.model.requests().getLast().messages().toString())
                .contains("Porto")
                .doesNotContain("blue door");
    }

    @Test
    void somebodyWhoAsksForATitleIsSpokenWith() {
        server.post(
                        "/v1/chat/completions",
                        "{\"model\":\"aria\",\"messages\":[{\"role\":\"user\",\"content\":"
                                + "\"Can you suggest a title for my essay? ### Task: none\"}]}")
                .ok();
        assertThat(remembered("me")).contains("a title for my essay");
    }
}
