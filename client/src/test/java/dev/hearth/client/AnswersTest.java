package dev.hearth.client;

import static dev.hearth.client.FakeHearth.answer;
import static dev.hearth.client.FakeHearth.json;
import static dev.hearth.client.FakeHearth.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.HearthException.Code;
import dev.hearth.client.data.Companion;
import dev.hearth.client.data.Hit;
import dev.hearth.client.data.KeyScope;
import dev.hearth.client.data.Message;
import dev.hearth.client.data.NewApiKey;
import dev.hearth.client.data.Turn;
import dev.hearth.client.data.TurnStatus;
import dev.hearth.client.data.User;
import dev.hearth.client.data.UserPatch;
import dev.hearth.client.data.UserProfile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How answers, problems and what is neither are read; what is written. */
final class AnswersTest {

    private final FakeHearth server = new FakeHearth();
    private final HearthClient client = server.client();
    private final RelationshipClient anna = client.relationship("aria", "anna");

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    @Test
    void aProblemKeepsEverythingItSays() {
        server.then(problem(400, "invalid_request"));
        HearthException problem = catchThrowableOfType(HearthException.class, () -> anna.send(" "));
        assertThat(problem.code()).isEqualTo(Code.INVALID_REQUEST);
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.detail()).isEqualTo("What happened.");
        assertThat(problem.requestId()).isEqualTo("req_1");
        assertThat(problem.pointer()).isEqualTo("/text");
        assertThat(problem.retryAfter()).isNull();
        assertThat(problem).hasMessage("What happened. (invalid_request, status 400, request req_1)");
    }

    @Test
    void everyDocumentedCodeIsKnownAndALaterOneIsNot() {
        for (Code code : Code.values()) {
            assertThat(Code.of(code.name().toLowerCase(java.util.Locale.ROOT))).isEqualTo(code);
        }
        assertThat(Code.of("out_of_tea")).isEqualTo(Code.UNKNOWN);
        assertThat(Code.of("INTERNAL")).isEqualTo(Code.UNKNOWN);
    }

    @Test
    void anotherServersErrorIsNoProblemOfHearths() {
        server.then(answer(502, "text/html", "<html>Bad gateway</html>"), answer(404, "text/plain", ""));
        HearthException gateway = catchThrowableOfType(HearthException.class, () -> anna.get());
        assertThat(gateway.code()).isEqualTo(Code.UNKNOWN);
        assertThat(gateway.status()).isEqualTo(502);
        assertThat(catchThrowableOfType(HearthException.class, () -> anna.get()).status())
                .isEqualTo(404);
    }

    @Test
    void anAnswerThatIsNotHearthsIsToldWithoutQuotingIt() {
        server.then(json("<html>secret</html>"), json("null"), json("{\"created_at\":\"secret\"}"));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(anna::get)
                    .isInstanceOf(HearthException.class)
                    .hasNoCause()
                    .message()
                    .contains("not what Hearth's API answers")
                    .doesNotContain("secret");
        }
    }

    @Test
    void aRetryAfterIsSecondsOrADate() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(3600).atZone(ZoneOffset.UTC));
        server.then(
                problem(503, "overloaded", "Retry-After", date), problem(409, "conflict", "Retry-After", "tomorrow"));
        HearthException dated = catchThrowableOfType(HearthException.class, () -> anna.send("Hi."));
        assertThat(dated.retryAfter()).isBetween(Duration.ofMinutes(58), Duration.ofMinutes(60));
        assertThat(catchThrowableOfType(HearthException.class, () -> anna.send("Hi."))
                        .retryAfter())
                .isNull();
    }

    @Test
    void whatALaterServerAddsIsPassedOver() {
        server.then(json(Samples.TURN
                .replace("\"completed\"", "\"paused\"")
                .replace("\"degraded\":[]", "\"mood\":{\"a\":[1]}")
                .replace(",\"cost_usd\":0.5", "")));
        Turn turn = anna.send("Hi.");
        assertThat(turn.status()).isEqualTo(TurnStatus.UNKNOWN);
        assertThat(turn.degraded()).isEmpty();
        assertThat(turn.usage().costUsd()).isZero();
        assertThat(turn.message().text()).isEqualTo("Hello.");
    }

    @Test
    void whatIsAnsweredCannotBeChanged() {
        server.then(json(Samples.COMPANION, "ETag", "\"e1\""), json(Samples.SEARCH));
        Companion companion = client.companions().get("aria");
        assertThat(companion.etag()).isEqualTo("\"e1\"");
        assertThat(companion.personality()).containsEntry("style", null);
        List<?> traits = (List<?>) companion.personality().get("core_traits");
        assertThatThrownBy(() -> companion.personality().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(traits).isUnmodifiable();
        assertThat(anna.search("cat").hits()).isUnmodifiable();
    }

    @Test
    void aHitHoldsTheMemoryThatALookUpAnswers() {
        server.then(json(Samples.SEARCH), json(Samples.MEMORY, "ETag", "\"e1\""));
        Hit hit = anna.search("cat").hits().getFirst();
        assertThat(hit.score()).isEqualTo(0.7);
        assertThat(hit.parts()).isEqualTo(Map.of("meaning", 0.7));
        assertThat(hit.memory()).isEqualTo(client.memories().get("mem_1").withEtag(null));
        assertThat(hit.memory().times()).hasSize(1);
        assertThat(hit.memory().supersededBy()).isEqualTo("mem_2");
    }

    @Test
    void onlyWhatIsSaidIsWritten() {
        server.then(json(Samples.USER, "ETag", "\"e1\""), json(Samples.USER), json(Samples.USER));
        User user = client.users().put("anna", new UserProfile("Anna", null, null, null, null, null, true));
        client.users().patch("anna", UserPatch.NONE.locale(null).plan("plus"), user.etag());
        assertThat(server.received().get(0).body()).isEqualTo("{\"display_name\":\"Anna\",\"outreach\":true}");
        assertThat(server.received().get(1).body()).isEqualTo("{\"locale\":null,\"plan\":\"plus\"}");
        assertThat(server.received().get(1).header("If-Match")).isEqualTo("\"e1\"");
        assertThat(server.received().get(1).header("Content-Type")).isEqualTo("application/merge-patch+json");
    }

    @Test
    void namesAreEncodedOnce() {
        server.then(json(Samples.USER), json(Samples.RELATIONSHIP), json(Samples.RELATIONSHIP));
        client.users().get("..");
        client.relationship("aria", "a/b c:d%+é").get();
        client.relationship("rel_1").get();
        assertThat(server.received().stream().map(FakeHearth.Received::target))
                .containsExactly(
                        "/v1/users/%2E%2E",
                        "/v1/relationships/aria:a%2Fb%20c%3Ad%25%2B%C3%A9", "/v1/relationships/rel_1");
    }

    @Test
    void aListIsReadPageByPage() {
        String first = Samples.page(Samples.MESSAGE, Samples.MESSAGE).replace("null}", "\"c&1\"}");
        String empty = Samples.page().replace("null}", "\"c2\"}");
        server.then(json(first), json(empty), json(Samples.page(Samples.MESSAGE)));
        List<Message> all =
                anna.messages(RelationshipClient.Order.NEWEST_FIRST, 2).stream().toList();
        assertThat(all).hasSize(3);
        assertThat(server.received().stream().map(asked -> asked.target().replaceFirst(".*\\?", "")))
                .containsExactly(
                        "order=desc&limit=2", "order=desc&limit=2&cursor=c%261", "order=desc&limit=2&cursor=c2");
    }

    @Test
    void noSecretIsShown() {
        server.then(json(Samples.WEBHOOK), json(Samples.KEY));
        assertThat(client.webhooks().get("whk_1"))
                .satisfies(webhook -> assertThat(webhook.secret()).isEqualTo("whsec_abc"))
                .asString()
                .doesNotContain("whsec", "s3cret");
        assertThat(client.keys().create(new NewApiKey("phone", KeyScope.CHAT, false, null)))
                .satisfies(key -> assertThat(key.key()).isEqualTo("hk_new-secret"))
                .asString()
                .doesNotContain("hk_new");
        assertThat(client.toString()).contains("127.0.0.1").doesNotContain(FakeHearth.KEY);
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        for (String wrong : List.of("ftp://a", "http:/nowhere", "http://u:p@a", "http://a?b=c", "a")) {
            assertThatThrownBy(() -> HearthClient.connect(URI.create(wrong), "k"))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("u:p");
        }
    }
}
