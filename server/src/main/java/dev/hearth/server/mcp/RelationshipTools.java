package dev.hearth.server.mcp;

import dev.hearth.engine.Engine;
import dev.hearth.engine.persona.Companion;
import dev.hearth.engine.problem.Page;
import dev.hearth.engine.relationship.Relationship;
import dev.hearth.server.api.Answers;
import dev.hearth.server.http.Fields;
import dev.hearth.server.http.Json;
import dev.hearth.spi.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Which companions there are, and how one stands with a user. */
final class RelationshipTools {

    private static final int MAX_COMPANIONS = 200;
    private static final int MAX_CURSOR = 64;

    private final Supplier<Engine> engine;
    private final Whom whom;
    private final Clock clock;

    RelationshipTools(Supplier<Engine> engine, Whom whom, Clock clock) {
        this.engine = engine;
        this.whom = whom;
        this.clock = clock;
    }

    List<Tool> tools() {
        return List.of(
                new Tool(
                        "list_companions",
                        "List companions",
                        """
                        Lists the companions that can be talked with: their ids, which every other tool takes, and their
                        names. Use it first where it is not known which companion is meant. It tells nothing of users.""",
                        Schema.object()
                                .maybe("limit", Schema.integer("How many at most; 200 if left out.", 1, MAX_COMPANIONS))
                                .maybe("cursor", Schema.string("next_cursor of the answer before.", 1, MAX_CURSOR)),
                        Schema.object()
                                .with(
                                        "data",
                                        Schema.list(
                                                "The companions, by id.",
                                                Schema.object()
                                                        .with("id", Schema.string("The companion's id."))
                                                        .with("name", Schema.string("What it is called."))))
                                .with(
                                        "next_cursor",
                                        Schema.string("What to ask for next; null at the end.")
                                                .orNull()),
                        Tool.Effect.READS,
                        this::companions),
                new Tool(
                        "get_relationship",
                        "Look at a relationship",
                        """
                        Tells how long a companion and a user know each other, when they last talked, and how many messages
                        and memories there are. Use it to find out whether they have met. It holds no words of theirs: for
                        those use search_memories.""",
                        Whom.arguments(Schema.object()),
                        Shapes.relationship(),
                        Tool.Effect.READS,
                        this::relationship),
                new Tool(
                        "get_emotion",
                        "Ask how a companion feels",
                        """
                        Tells what a companion feels towards a user right now, in the words that its own prompt gets. Use it
                        to match its tone. It is a state of the character, not an assessment of the user.""",
                        Whom.arguments(Schema.object()),
                        Schema.object()
                                .with("relationship_id", Schema.string("The relationship's id."))
                                .with("expression", Schema.string("The feeling, as in \"calm and attentive\"."))
                                .with("at", Schema.time("At which moment.")),
                        Tool.Effect.READS,
                        this::emotion));
    }

    private Answer companions(Call call, Fields arguments) {
        Integer limit = arguments.optionalInt("limit", 1, MAX_COMPANIONS);
        Page<Companion> page = engine.get()
                .companions()
                .list(limit == null ? MAX_COMPANIONS : limit, arguments.optionalLine("cursor", MAX_CURSOR));
        // No more than the name: a personality is between its companion and the operator.
        ObjectNode body = Answers.page(
                page, companion -> Json.object().put("id", companion.id()).put("name", companion.name()));
        String text = page.data().stream()
                .map(companion -> companion.id() + " (" + companion.name() + ")")
                .collect(Collectors.joining("\n"));
        return new Answer(body, text.isEmpty() ? "There is no companion yet." : text);
    }

    private Answer relationship(Call call, Fields arguments) {
        Relationship relationship = whom.known(call, arguments);
        Instant last = relationship.lastTurnAt();
        return new Answer(
                Answers.relationship(relationship),
                relationship.companion() + " has known this user since " + relationship.createdAt() + ". They "
                        + (last == null ? "have not talked yet" : "last talked at " + last) + ". There are "
                        + relationship.messages() + " messages and " + relationship.memories() + " memories.");
    }

    private Answer emotion(Call call, Fields arguments) {
        Relationship relationship = whom.known(call, arguments);
        Instant now = clock.now();
        String expression = engine.get().feelings().at(now).expression();
        ObjectNode body = Json.object()
                .put("relationship_id", relationship.id())
                .put("expression", expression)
                .put("at", now.toString());
        return new Answer(body, relationship.companion() + " feels " + expression + ".");
    }
}
