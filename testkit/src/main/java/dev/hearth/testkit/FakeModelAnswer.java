package dev.hearth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What a {@link FakeModelEndpoint} does with one request. Immutable; every method answers a longer script.
 *
 * <p>A script that just ends, ends its response in order: {@code stream().say("Hel")} is a stream without a finish,
 * {@code stream().say("Hello").finish("stop")} one without the closing marker. The response's head is sent with the first
 * thing that is written, so {@code stream().hang()} stalls before the first byte. Finish reasons are OpenAI's words
 * ({@code stop}, {@code length}, {@code content_filter}), translated where the caller speaks Anthropic.
 */
public final class FakeModelAnswer {

    /** One thing that the endpoint does. */
    sealed interface Step {
        /** Sends a piece of text. */
        record Say(String text) implements Step {}

        /** Waits until the gate opens, the client leaves or the endpoint closes. */
        record WaitFor(CountDownLatch gate) implements Step {}

        /** Does something of the caller's. */
        record Act(Action action) implements Step {}

        /** Sends these characters as they are. */
        record Raw(String text) implements Step {}

        /** Says why the reply ended. */
        record Finish(String reason) implements Step {}

        /** Sends the head of the response and nothing else. */
        record Head() implements Step {}

        /** Sends the usage and the closing marker. */
        record Done() implements Step {}

        /** Sends half an event and drops the connection. */
        record Cut() implements Step {}

        /** Sends nothing more until the client leaves. */
        record Hang() implements Step {}
    }

    /** Something of the caller's, done on the connection's thread, which is interrupted when the client leaves. */
    @FunctionalInterface
    public interface Action {
        void run() throws InterruptedException;
    }

    final int status;
    final String contentType;
    final List<Step> steps;
    final int prompt;
    final int cached;
    final int completion;

    private FakeModelAnswer(int status, String contentType, List<Step> steps, int prompt, int cached, int completion) {
        this.status = status;
        this.contentType = contentType;
        this.steps = List.copyOf(steps);
        this.prompt = prompt;
        this.cached = cached;
        this.completion = completion;
    }

    /** A whole reply in these pieces, finished with {@code stop}. */
    public static FakeModelAnswer says(String... pieces) {
        FakeModelAnswer answer = stream();
        for (String piece : pieces) {
            answer = answer.say(piece);
        }
        return answer.finish("stop").done();
    }

    /** An empty event stream, to be continued. */
    public static FakeModelAnswer stream() {
        return new FakeModelAnswer(200, "text/event-stream", List.of(), 0, 0, 0);
    }

    /** A response that is no event stream: an error, a web page, nonsense. */
    public static FakeModelAnswer status(int status, String contentType, String body) {
        return new FakeModelAnswer(status, contentType, List.of(new Step.Raw(body)), 0, 0, 0);
    }

    /** An error in the shape that both providers use. */
    public static FakeModelAnswer error(int status, String type) {
        return status(
                status,
                "application/json",
                "{\"type\":\"error\",\"error\":{\"type\":\"" + type
                        + "\",\"message\":\"a message nobody may repeat\"}}");
    }

    public FakeModelAnswer say(String text) {
        return plus(new Step.Say(text));
    }

    /** Holds the stream here until {@code gate} opens. */
    public FakeModelAnswer waitFor(CountDownLatch gate) {
        return plus(new Step.WaitFor(gate));
    }

    /** Does {@code action} at this point of the script, as noting the time or letting some pass. */
    public FakeModelAnswer then(Action action) {
        return plus(new Step.Act(action));
    }

    /** Sends the response's head now. */
    public FakeModelAnswer head() {
        return plus(new Step.Head());
    }

    /** Sends {@code text} into the stream as it is; an event needs its own blank line. */
    public FakeModelAnswer raw(String text) {
        return plus(new Step.Raw(text));
    }

    public FakeModelAnswer finish(String reason) {
        return plus(new Step.Finish(reason));
    }

    /** The closing marker, after the usage. */
    public FakeModelAnswer done() {
        return plus(new Step.Done());
    }

    /** Half an event, then a dropped connection. */
    public FakeModelAnswer cut() {
        return plus(new Step.Cut());
    }

    /** Silence until the client leaves. */
    public FakeModelAnswer hang() {
        return plus(new Step.Hang());
    }

    /** The tokens to report: {@code cached} of the {@code prompt} tokens came from the cache. */
    public FakeModelAnswer usage(int prompt, int cached, int completion) {
        return new FakeModelAnswer(status, contentType, steps, prompt, cached, completion);
    }

    private FakeModelAnswer plus(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new FakeModelAnswer(status, contentType, longer, prompt, cached, completion);
    }
}
