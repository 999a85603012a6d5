package dev.hearth.engine.turn;

import dev.hearth.engine.emotion.Emotion;
import dev.hearth.engine.emotion.Feelings;
import dev.hearth.engine.prompt.Prompt;
import dev.hearth.engine.prompt.PromptComposer;
import dev.hearth.engine.prompt.PromptInput;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.spi.ChatRequest;
import dev.hearth.spi.Grounding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the model's request out of what was gathered. */
final class Composition {

    private static final Duration EMOTION_BUDGET = Duration.ofMillis(100);

    private final PromptComposer composer = new PromptComposer();
    private final Feelings feelings = new Feelings();

    /** A request, and what of the gathered memories it holds. */
    record Composed(ChatRequest request, Prompt prompt, List<Gathering.Memory> memories) {

        /** Notes that the memories are told now, so that they are not told again soon. */
        void told(Resident resident, Instant at, Instant now) {
            resident.used(memories.stream().map(Gathering.Memory::message).toList(), at, now);
        }
    }

    /** What of the window a prompt's history holds: all of it, or from where it is cut. */
    List<StoredMessage> history(Setting setting, List<StoredMessage> window) {
        long from = composer.windowFrom(
                setting.plan(),
                window.stream().map(message -> Gathering.line(message, setting)).toList());
        return window.stream().filter(message -> message.seq() >= from).toList();
    }

    /** The messages that are not to be recalled, since the prompt holds them. */
    static Set<Long> held(List<StoredMessage> history) {
        return history.stream().map(StoredMessage::seq).collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * @param profile the session's frozen section on the user
     * @param before the history: messages of the session before the new one
     */
    Composed compose(
            Resident resident,
            Setting setting,
            String profile,
            List<StoredMessage> before,
            Gathering.Gathered gathered,
            Framing framing,
            String text,
            Instant said,
            Ledger ledger) {
        List<PromptInput.Line> history =
                before.stream().map(message -> Gathering.line(message, setting)).toList();
        List<PromptInput.Line> memories = gathered.memories().stream()
                .map(memory -> Gathering.line(memory.message(), setting))
                .toList();
        Emotion emotion = ledger.timed("emotion", EMOTION_BUDGET, () -> feelings.at(said));
        Prompt prompt = composer.compose(new PromptInput(
                setting.companion(),
                setting.plan(),
                profile,
                history,
                memories,
                emotion,
                said,
                setting.zone(),
                resident.head().lastTurnAt(),
                framing.scene(),
                text));
        List<Gathering.Memory> used = gathered.memories().stream()
                .filter(memory -> prompt.memories().contains(memory.message().seq()))
                .toList();
        ledger.composed(
                prompt.sections().stream()
                        .map(section -> new TurnTrace.Section(
                                section.name(), section.tokens(), section.budget(), section.cut()))
                        .toList(),
                Gathering.traced(resident, used));
        Grounding grounding = new Grounding(
                setting.companion().name(),
                setting.companion().personality().coreTraits(),
                setting.companion().personality().style(),
                setting.companion().personality().exampleLines(),
                setting.user().displayName(),
                text,
                used.stream()
                        .map(memory -> remembered(
                                Gathering.line(memory.message(), setting),
                                memory.ranked().likeness()))
                        .toList(),
                history.stream().map(line -> remembered(line, 1)).toList(),
                said);
        int replyTokens = framing.replyTokens(setting.plan().replyTokens());
        return new Composed(new ChatRequest(prompt.messages(), replyTokens, grounding), prompt, used);
    }

    private static Grounding.Remembered remembered(PromptInput.Line line, double score) {
        return new Grounding.Remembered(
                line.speaker(), line.byUser(), line.text(), line.said(), Math.clamp(score, 0, 1));
    }
}
