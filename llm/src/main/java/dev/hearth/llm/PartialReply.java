package dev.hearth.llm;

import dev.hearth.spi.ChatModel.DeltaSink;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatModelException.Kind;
import dev.hearth.spi.ChatReply;
import dev.hearth.spi.ChatReply.Finish;
import dev.hearth.spi.ChatReply.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reply while it arrives. One call's, one thread's. */
final class PartialReply {

    private final StringBuilder text = new StringBuilder();
    private final DeltaSink sink;
    private final EndpointFailures failures;
    private @Nullable Finish finish;
    private Usage usage = Usage.NONE;
    private boolean ended;

    PartialReply(DeltaSink sink, EndpointFailures failures) {
        this.sink = sink;
        this.failures = failures;
    }

    void say(String delta) throws InterruptedException {
        if (delta.isEmpty()) {
            return;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        text.append(delta);
        sink.delta(delta);
    }

    void finish(Finish reason) {
        finish = reason;
    }

    /** The closing marker came: nothing follows. */
    void end() {
        ended = true;
    }

    void usage(Usage counted) {
        usage = counted;
    }

    Usage usage() {
        return usage;
    }

    /** Whether the model has said why it stopped; only numbers may follow. */
    boolean finished() {
        return finish != null;
    }

    boolean ended() {
        return ended;
    }

    boolean started() {
        return !text.isEmpty();
    }

    /** The failure that an error inside the stream stands for. */
    ChatModelException refusedInStream(JsonNode error) {
        return failures.inStream(error, started());
    }

    /** The reply, now that the stream is over. */
    ChatReply whole() {
        if (finish == null && !ended) {
            throw failures.cutShort(null);
        }
        if (text.toString().isBlank() && finish != Finish.FILTERED) {
            throw failures.of(
                    Kind.GARBLED,
                    finish == Finish.LENGTH
                            ? "reached the length limit before it said anything; a model that reasons needs a larger limit"
                            : "finished without a word",
                    null);
        }
        return new ChatReply(text.toString(), finish == null ? Finish.STOP : finish, usage);
    }
}
