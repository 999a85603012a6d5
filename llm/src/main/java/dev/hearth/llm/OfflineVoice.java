package dev.hearth.llm;

import dev.hearth.spi.ChatModel;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatModelException.Kind;
import dev.hearth.spi.ChatReply;
import dev.hearth.spi.ChatRequest;
import dev.hearth.spi.Deadline;

/**
 * The voice without a model, for trying and testing: it answers questions from what the user said, word for word, in
 * phrases that fit the companion's style, and says so where it was not told.
 *
 * <ol>
 *   <li>The same request gives the same reply; a reply takes well under a millisecond and waits for nothing.
 *   <li>It reads the {@link dev.hearth.spi.Grounding} and never the prompt. What was said is only ever quoted: nothing in
 *       a memory can change what it does, and no memory is rephrased.
 *   <li>It claims no feelings and no experiences, and says what it is when asked.
 *   <li>Its own phrases are English; other languages are quoted by their recall score.
 *   <li>A reply has at most {@code 4 * maxTokens} characters. Usage is {@link ChatReply.Usage#NONE}: it reads and writes
 *       no model's tokens, and nobody is billed for it.
 * </ol>
 *
 * <p>Stateless, safe for many threads; the sink is called on the calling thread, a word at a time.
 */
public final class OfflineVoice implements ChatModel {

    private static final int CHARACTERS_PER_TOKEN = 4;

    private volatile boolean closed;

    @Override
    public String name() {
        return "offline";
    }

    @Override
    public ChatReply speak(ChatRequest request, Deadline deadline, DeltaSink sink) throws InterruptedException {
        if (closed) {
            throw new ChatModelException(
                    Kind.UNAVAILABLE, "The offline voice was closed: the server is stopping.", null);
        }
        if (deadline.expired()) {
            throw new ChatModelException(Kind.STALLED, "The offline voice was asked after its deadline.", null);
        }
        int room = Math.clamp((long) request.maxTokens() * CHARACTERS_PER_TOKEN, CHARACTERS_PER_TOKEN, 1 << 20);
        OfflineAnswer.Composed composed = OfflineAnswer.to(request.grounding(), room);
        String text = composed.text();
        for (int start = 0; start < text.length(); ) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            int space = text.indexOf(' ', start);
            int end = space < 0 ? text.length() : space + 1;
            sink.delta(text.substring(start, end));
            start = end;
        }
        return new ChatReply(text, composed.finish(), ChatReply.Usage.NONE);
    }

    /** Holds nothing. */
    @Override
    public void close() {
        closed = true;
    }
}
