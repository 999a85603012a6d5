package dev.hearth.conversation;

/** What a framework's message is to a conversation. */
public sealed interface Part {

    /** One that a window handed out: Hearth has it. */
    record Remembered() implements Part {}

    /** What the model is told to be. Never remembered; the last one holds until the conversation is cleared. */
    record Instruction() implements Part {}

    /**
     * The user's words.
     *
     * @param text not blank
     */
    record Said(String text) implements Part {}

    /**
     * The model's whole reply.
     *
     * @param text not blank
     */
    record Replied(String text) implements Part {}

    /** What only the turn under way needs: calls of tools and their results, pictures without a word. */
    record Passing() implements Part {}
}
