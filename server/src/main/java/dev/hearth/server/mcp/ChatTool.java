package dev.hearth.server.mcp;

import dev.hearth.engine.Engine;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.scope.Scope;
import dev.hearth.engine.turn.TurnListener;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.server.api.Answers;
import dev.hearth.server.api.Presence;
import dev.hearth.server.api.Stopwatch;
import dev.hearth.server.api.TurnSlots;
import dev.hearth.server.http.Fields;
import dev.hearth.server.http.Refusal;
import dev.hearth.server.metrics.Metrics;
import dev.hearth.spi.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes a turn. Its model's call ends when the client leaves, cancels, or has waited long enough. */
final class ChatTool {

    private static final String IDEMPOTENCY_KEY = "idempotency_key";
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String DESCRIPTION = """
            Says something to a companion as the user and answers what the companion says. The exchange becomes part of
            their relationship and is remembered; the relationship begins with the first one. Use it when the user wants to
            talk with the companion. Do not use it to look something up (search_memories), to note a fact (remember) or to
            test: every call is really said. Only one turn of a relationship runs at a time, and a reply may take a minute
            or more.""";

    private final Supplier<Engine> engine;
    private final Whom whom;
    private final TurnSlots slots;
    private final Calls calls;
    private final Metrics metrics;
    private final Clock clock;
    private final Duration limit;

    ChatTool(
            Supplier<Engine> engine,
            Whom whom,
            TurnSlots slots,
            Calls calls,
            Metrics metrics,
            Clock clock,
            Duration limit) {
        this.engine = engine;
        this.whom = whom;
        this.slots = slots;
        this.calls = calls;
        this.metrics = metrics;
        this.clock = clock;
        this.limit = limit;
    }

    Tool tool() {
        Schema input = Whom.arguments(
                        Schema.object().with("text", Schema.string("What the user says, word for word.", 1, 32_768)))
                .maybe(
                        IDEMPOTENCY_KEY,
                        Schema.string(
                                        "Names this exchange. Calling again with the same key and text answers the"
                                                + " exchange that was, and says nothing twice.",
                                        1,
                                        255)
                                .and("pattern", "^[!-~]+$"));
        return new Tool(
                "chat",
                "Talk with a companion",
                DESCRIPTION,
                input,
                Shapes.turn().maybe("replayed", Schema.bool("Whether the exchange had been before.")),
                Tool.Effect.ADDS,
                this::run);
    }

    private Answer run(Call call, Fields arguments) {
        String text = arguments.text("text");
        String key = idempotencyKey(arguments);
        Stopwatch stopwatch = new Stopwatch(clock, metrics);
        AtomicBoolean late = new AtomicBoolean();
        try (TurnSlots.Slot slot = slots.take();
                Presence presence = new Presence(call.exchange());
                Calls.Running running = calls.begin(call.name(), presence::left);
                Scope deadline = new Scope(clock)) {
            deadline.fork("mcp-chat-deadline", () -> {
                Thread.sleep(limit);
                late.set(true);
                presence.left();
                return true;
            });
            String relationship = whom.begun(call, arguments).id();
            TurnListener listener = event -> {
                stopwatch.heard(event);
                presence.during(event);
            };
            TurnResult result = take(new TurnRequest(relationship, text, null, key), listener, stopwatch);
            if (presence.hasLeft() && !late.get()) {
                throw new TurnListener.ClientGone("The client left or cancelled.");
            }
            return answer(result);
        } catch (TurnListener.ClientGone gone) {
            if (late.get()) {
                throw new Problem(
                        Code.DEADLINE_EXCEEDED,
                        "The companion did not answer within " + limit.toSeconds()
                                + " seconds. What the user said is kept; try again later.");
            }
            throw gone;
        }
    }

    private TurnResult take(TurnRequest request, TurnListener listener, Stopwatch stopwatch) {
        String outcome = "internal";
        try {
            TurnResult result = engine.get().turns().take(request, listener);
            outcome = result.replayed() ? "replayed" : result.status().wire();
            return result;
        } catch (Problem problem) {
            outcome = problem.code().wire();
            throw problem;
        } catch (TurnListener.ClientGone gone) {
            outcome = "interrupted";
            throw gone;
        } finally {
            stopwatch.ended(outcome);
        }
    }

    private static Answer answer(TurnResult result) {
        String note = result.status() == Message.Status.COMPLETED
                ? "The companion says:"
                : "The companion began to say, and was interrupted:";
        return new Answer(
                Answers.turn(result).put("replayed", result.replayed()), note + "\n" + Quote.of(result.text()));
    }

    private static @Nullable String idempotencyKey(Fields arguments) {
        String key = arguments.optionalLine(IDEMPOTENCY_KEY, 255);
        if (key != null && !VISIBLE.matcher(key).matches()) {
            throw Refusal.invalid(
                    IDEMPOTENCY_KEY, "The idempotency_key has 1 to 255 visible ASCII characters, as in a UUID.");
        }
        return key;
    }
}
