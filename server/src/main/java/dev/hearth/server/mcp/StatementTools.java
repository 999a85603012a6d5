package dev.hearth.server.mcp;

import dev.hearth.engine.Engine;
import dev.hearth.engine.memory.Memory;
import dev.hearth.server.api.Answers;
import dev.hearth.server.http.Fields;
import dev.hearth.spi.Clock;
import java.util.List;
import java.util.function.Supplier;

/** What a user states outside of a chat: something to be remembered, and something to be set right. */
final class StatementTools {

    private final Supplier<Engine> engine;
    private final Whom whom;
    private final Clock clock;

    StatementTools(Supplier<Engine> engine, Whom whom, Clock clock) {
        this.engine = engine;
        this.whom = whom;
        this.clock = clock;
    }

    List<Tool> tools() {
        return List.of(remember(), correct());
    }

    private Tool remember() {
        return new Tool(
                "remember",
                "Remember something",
                """
                Has a companion remember a statement of the user's, from now on and without a reply. Use it when the user
                asks for something to be kept, or tells a lasting fact outside of a chat. Write one self-contained
                statement, as the user would say it. Do not use it for what was said in chat, which is remembered anyway,
                nor for secrets such as passwords, nor to change a memory (correct_memory).""",
                Whom.arguments(Schema.object()
                                .with(
                                        "text",
                                        Schema.string(
                                                "The statement, as in \"My sister Mia lives in Oslo.\"", 1, 32_768)))
                        .maybe("time", Schema.time("When it was said or happened, with a zone; now if left out."))
                        .maybe(
                                "external_id",
                                Schema.string(
                                        "The application's own id of the statement: the same id again answers the same"
                                                + " memory and adds nothing.",
                                        1,
                                        256)),
                Shapes.memory(),
                Tool.Effect.ADDS,
                this::remember);
    }

    private Tool correct() {
        return new Tool(
                "correct_memory",
                "Correct a memory",
                """
                Replaces a memory that is wrong or no longer true with the right words: the old words are forgotten for
                good, and the corrected memory has a new id. Use it when the user sets something right; find the memory
                with search_memories first. Do not use it to add something new (remember).""",
                Schema.object()
                        .with(Whom.MEMORY_ID, Whom.memoryId())
                        .with("text", Schema.string("What is right, as one self-contained statement.", 1, 32_768)),
                Shapes.memory(),
                Tool.Effect.REPLACES,
                this::correct);
    }

    private Answer remember(Call call, Fields arguments) {
        String text = arguments.text("text");
        Memory memory = engine.get()
                .memories()
                .remember(
                        whom.begun(call, arguments).id(),
                        text,
                        arguments.optionalTime("time", clock.now()),
                        arguments.any("external_id") == null ? null : arguments.externalId("external_id"));
        return new Answer(Answers.memory(memory), "Remembered. " + Quote.NOTE + "\n" + Quote.of(memory));
    }

    private Answer correct(Call call, Fields arguments) {
        String text = arguments.text("text");
        Memory memory = engine.get().memories().correct(whom.memory(call, arguments), text);
        return new Answer(Answers.memory(memory), "Corrected, under a new id. " + Quote.NOTE + "\n" + Quote.of(memory));
    }
}
