package dev.hearth.spi;

/**
 * Speaks: turns a prompt into a reply, piece by piece.
 *
 * <p>{@link #speak} blocks its thread until the reply has ended. Interrupting that thread cancels the call: the
 * connection upstream is closed at once and {@link InterruptedException} is thrown; so does an exception out of the
 * sink, which is passed on. Safe for many threads. Holds a bounded number of connections.
 */
public interface ChatModel extends AutoCloseable {

    /** What is shown as the reply's voice: the model's name, or {@code offline} for the voice without a model. */
    String name();

    /**
     * Streams a reply into {@code sink} from this thread or another, in order, never concurrently.
     *
     * @param deadline by when the reply must have ended; the adapter gives up then with {@code STALLED}
     * @return the whole text (the sink's pieces joined) and what it cost
     * @throws ChatModelException where there is no reply, or only a part of one
     */
    ChatReply speak(ChatRequest request, Deadline deadline, DeltaSink sink) throws InterruptedException;

    @Override
    void close();

    /** Receives the pieces of a reply. */
    @FunctionalInterface
    interface DeltaSink {
        void delta(String text);
    }
}
