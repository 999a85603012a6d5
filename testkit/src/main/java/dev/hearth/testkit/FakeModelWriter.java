package dev.hearth.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Performs one answer on one connection, chunked; its thread is interrupted when the client leaves. */
final class FakeModelWriter implements Runnable {

    private final Socket socket;
    private final OutputStream out;
    private final boolean anthropic;
    private final FakeModelAnswer answer;
    private final CountDownLatch gone;
    private boolean headSent;
    private boolean messageStarted;

    FakeModelWriter(Socket socket, OutputStream out, boolean anthropic, FakeModelAnswer answer, CountDownLatch gone) {
        this.socket = socket;
        this.out = out;
        this.anthropic = anthropic;
        this.answer = answer;
        this.gone = gone;
    }

    @Override
    public void run() {
        try {
            for (FakeModelAnswer.Step step : answer.steps) {
                if (!perform(step)) {
                    return;
                }
            }
            head();
            bytes("0\r\n\r\n");
        } catch (IOException | InterruptedException leaving) {
            // The client left in the middle: there is nobody to tell.
        }
    }

    /** Whether the script goes on. */
    private boolean perform(FakeModelAnswer.Step step) throws IOException, InterruptedException {
        switch (step) {
            case FakeModelAnswer.Step.Say(String text) -> say(text);
            case FakeModelAnswer.Step.Raw(String text) -> chunk(text);
            case FakeModelAnswer.Step.Head() -> head();
            case FakeModelAnswer.Step.Finish(String reason) -> finish(reason);
            case FakeModelAnswer.Step.Done() -> done();
            case FakeModelAnswer.Step.WaitFor(CountDownLatch gate) -> gate.await();
            case FakeModelAnswer.Step.Act(FakeModelAnswer.Action action) -> action.run();
            case FakeModelAnswer.Step.Hang() -> {
                gone.await();
                return false;
            }
            case FakeModelAnswer.Step.Cut() -> {
                head();
                bytes("400\r\ndata: {\"choices\":[{\"delta\":{\"con");
                socket.close();
                return false;
            }
        }
        return true;
    }

    private void say(String text) throws IOException {
        if (anthropic) {
            startMessage();
            event(
                    "content_block_delta",
                    "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                            + quote(text) + "}}");
        } else {
            chunk(
                    "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                            + quote(text) + "},\"finish_reason\":null}]}\n\n");
        }
    }

    private void finish(String reason) throws IOException {
        if (anthropic) {
            startMessage();
            event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}");
            String word = switch (reason) {
                case "stop" -> "end_turn";
                case "length" -> "max_tokens";
                case "content_filter" -> "refusal";
                default -> reason;
            };
            event(
                    "message_delta",
                    "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":" + quote(word)
                            + "},\"usage\":{\"output_tokens\":" + answer.completion + "}}");
        } else {
            chunk("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":" + quote(reason)
                    + "}]}\n\n");
        }
    }

    private void done() throws IOException {
        if (anthropic) {
            startMessage();
            event("message_stop", "{\"type\":\"message_stop\"}");
        } else {
            chunk("data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":" + answer.prompt
                    + ",\"completion_tokens\":" + answer.completion + ",\"prompt_tokens_details\":{\"cached_tokens\":"
                    + answer.cached + "}}}\n\n");
            chunk("data: [DONE]\n\n");
        }
    }

    private void startMessage() throws IOException {
        if (messageStarted) {
            return;
        }
        messageStarted = true;
        event(
                "message_start",
                "{\"type\":\"message_start\",\"message\":{\"id\":\"m1\",\"usage\":{\"input_tokens\":"
                        + (answer.prompt - answer.cached) + ",\"cache_read_input_tokens\":" + answer.cached
                        + ",\"cache_creation_input_tokens\":0,\"output_tokens\":1}}}");
        event(
                "content_block_start",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
        event("ping", "{\"type\":\"ping\"}");
    }

    private void event(String name, String data) throws IOException {
        chunk("event: " + name + "\ndata: " + data + "\n\n");
    }

    private void head() throws IOException {
        if (!headSent) {
            headSent = true;
            bytes("HTTP/1.1 " + answer.status + " Scripted\r\ncontent-type: " + answer.contentType
                    + "\r\ntransfer-encoding: chunked\r\n\r\n");
        }
    }

    private void chunk(String text) throws IOException {
        head();
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        if (content.length > 0) {
            bytes(Integer.toHexString(content.length) + "\r\n" + text + "\r\n");
        }
    }

    private void bytes(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** A JSON string; written here because the test kit brings no JSON library to its users. */
    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
