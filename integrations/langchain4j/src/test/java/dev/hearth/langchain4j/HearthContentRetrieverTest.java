package dev.hearth.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.HearthClient;
import dev.hearth.client.RelationshipClient;
import dev.hearth.client.data.ImportedMessage;
import dev.hearth.client.data.Memory;
import dev.hearth.client.data.Role;
import dev.hearth.integrations.testkit.RealHearth;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Metadata;
import dev.langchain4j.rag.query.Query;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memories as LangChain4j's contents. */
@Timeout(60)
final class HearthContentRetrieverTest {

    private static final Instant THEN = Instant.parse("2026-01-01T10:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RealHearth server;

    @SuppressWarnings("NullAway.Init")
    private HearthClient client;

    @BeforeEach
    void start() {
        server = RealHearth.in(folder);
        client = server.client();
        RelationshipClient ben = client.relationship("nora", "ben");
        ben.ensure();
        List<ImportedMessage> old = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String text = "Tea number " + i + " was good.";
            old.add(new ImportedMessage("d:" + i, Role.USER, "Ben", "s", text, THEN));
        }
        ben.importMessages(old);
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    private static Query query(Object id, ChatMessage... window) {
        UserMessage asked = UserMessage.from("Which tea was good, number 7?");
        return Query.from(asked.singleText(), Metadata.from(asked, id, List.of(window)));
    }

    private static List<String> texts(List<Content> contents) {
        return contents.stream().map(content -> content.textSegment().text()).toList();
    }

    @Test
    void whatAnswersComesWithItsIdItsTimeAndItsScore() {
        List<Content> contents = new HearthContentRetriever(client).retrieve(query("nora:ben"));
        assertThat(contents).hasSize(8);
        Content best = contents.getFirst();
        assertThat(best.textSegment().text()).isEqualTo("Tea number 7 was good.");
        String id = Objects.requireNonNull(best.textSegment().metadata().getString(HearthContentRetriever.MEMORY_ID));
        Memory memory = client.memories().get(id);
        assertThat(memory.text()).isEqualTo(best.textSegment().text());
        assertThat(best.textSegment().metadata().toMap())
                .containsEntry(HearthContentRetriever.TIME, THEN.toString())
                .containsEntry(HearthContentRetriever.SPEAKER, "Ben")
                .containsEntry(HearthContentRetriever.KIND, memory.kind());
        assertThat(contents)
                .extracting(content -> (Double) content.metadata().get(ContentMetadata.SCORE))
                .isSortedAccordingTo((one, other) -> Double.compare(other, one));
    }

    @Test
    void whatTheWindowHoldsIsLeftOutAndOthersCome() {
        List<Content> contents = new HearthContentRetriever(client, 3)
                .retrieve(query(
                        "nora:ben",
                        UserMessage.from("Tea number 7 was good."),
                        AiMessage.from("Tea number 8 was good.")));
        assertThat(texts(contents)).hasSize(3).doesNotContain("Tea number 7 was good.", "Tea number 8 was good.");
    }

    @Test
    void aQueryThatIsLongerThanHearthTakesIsAskedToItsLimit() {
        UserMessage asked = UserMessage.from("Which tea was good, number 7?\f" + " and so on".repeat(5_000));
        Query query = Query.from(asked.singleText(), Metadata.from(asked, "nora:ben", List.of()));
        assertThat(new HearthContentRetriever(client).retrieve(query)).isNotEmpty();
    }

    @Test
    void anotherUserFindsNothing() {
        assertThat(new HearthContentRetriever(client).retrieve(query("nora:eve")))
                .isEmpty();
    }

    @Test
    void aQueryThatNamesNobodyIsToldWhatIsMissing() {
        HearthContentRetriever retriever = new HearthContentRetriever(client);
        assertThatThrownBy(() -> retriever.retrieve(Query.from("tea?")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("companion:user");
        assertThatThrownBy(() -> retriever.retrieve(query("default"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HearthContentRetriever(client, 0)).hasMessageContaining("1 to 100");
    }
}
