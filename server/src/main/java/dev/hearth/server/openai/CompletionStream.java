package dev.hearth.server.openai;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.turn.TurnListener;
import dev.hearth.engine.turn.TurnUsage;
import dev.hearth.server.api.Presence;
import dev.hearth.server.http.EventStream;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.HttpServer;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Problems;
import dev.hearth.spi.ChatReply;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A completion as server-sent chunks. Begins with the first word or the end, so that what is refused before is an ordinary
 * error; ends with {@code [DONE]}, which is sent only when everything is durable.
 */
final class CompletionStream implements AutoCloseable {

    private final Exchange exchange;
    private final Presence presence;
    private final Duration beat;
    private @Nullable EventStream stream;

    CompletionStream(Exchange exchange, Presence presence, Duration beat) {
        this.exchange = exchange;
        this.presence = presence;
        this.beat = beat;
    }

    boolean begun() {
        return stream != null;
    }

    /** Begins the answer, if that has not happened. */
    void begin(Completions completion) {
        if (!begun()) {
            send(completion.begin());
        }
    }

    void piece(Completions completion, String text) {
        begin(completion);
        send(completion.piece(text));
    }

    void end(Completions completion, ChatReply.Finish finish, @Nullable TurnUsage usage) {
        begin(completion);
        send(completion.end(finish));
        if (usage != null) {
            send(completion.usageChunk(usage));
        }
        sendText("[DONE]");
    }

    /** Tells of a failure inside the stream, as OpenAI does. */
    void fail(RuntimeException failure) {
        Code code = failure instanceof Problem known ? known.code() : Code.INTERNAL;
        String detail = failure instanceof Problem known ? known.detail() : HttpServer.INTERNAL;
        send(OpenAiProblems.SHAPE.body(code, Problems.status(code), detail, null, exchange.requestId()));
    }

    private void send(ObjectNode data) {
        sendText(Json.write(data));
    }

    private void sendText(String data) {
        try {
            EventStream open = stream;
            if (open == null) {
                open = EventStream.open(exchange, beat, presence::left);
                stream = open;
            }
            open.sendUnnamed(data);
        } catch (IOException e) {
            presence.left();
            throw new TurnListener.ClientGone("The client left the stream.");
        }
    }

    @Override
    public void close() {
        EventStream open = stream;
        if (open != null) {
            open.close();
        }
    }
}
