package dev.hearth.engine.turn;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.relationship.Message;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.spi.ChatReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A turn as it is stored: its ledger, where its messages lie, and how it failed if it did.
 *
 * @param userSeq the user's message
 * @param replySeq the reply, 0 for none
 * @param failure what the client was told where the turn failed
 * @param conversation the client's own conversation, null where it kept none
 * @param finish why the reply ended
 */
record TurnRecord(
        TurnTrace trace,
        long userSeq,
        long replySeq,
        @Nullable Failure failure,
        @Nullable ClientConversation conversation,
        ChatReply.Finish finish) {

    /** A problem to tell again. */
    record Failure(Code code, String detail) {}

    /** Format 1 knew no conversation, format 2 no extraction. */
    private static final int FORMAT = 4;

    TurnRecord failed(Failure why) {
        return new TurnRecord(trace.as(Message.Status.FAILED), userSeq, replySeq, why, conversation, finish);
    }

    TurnRecord extracted(TurnTrace.Step step, TurnUsage took) {
        return new TurnRecord(trace.extracted(step, took), userSeq, replySeq, failure, conversation, finish);
    }

    byte[] encode() {
        RecordWriter out = new RecordWriter(FORMAT)
                .text(trace.id())
                .text(trace.status().name())
                .text(trace.voice())
                .number(userSeq)
                .number(replySeq);
        out.number(trace.steps().size());
        for (TurnTrace.Step step : trace.steps()) {
            out.text(step.name())
                    .real(step.millis())
                    .number(step.budgetMillis())
                    .text(step.outcome());
        }
        out.number(trace.sections().size());
        for (TurnTrace.Section section : trace.sections()) {
            out.text(section.name())
                    .number(section.tokens())
                    .number(section.budget())
                    .number(section.cut());
        }
        out.number(trace.recalled().size());
        for (TurnTrace.Recalled recalled : trace.recalled()) {
            out.text(recalled.memoryId())
                    .real(recalled.score())
                    .number(recalled.parts().size());
            recalled.parts().forEach((name, part) -> out.text(name).real(part));
        }
        out.number(trace.degraded().size());
        trace.degraded().forEach(out::text);
        encode(trace.usage(), out);
        out.flag(failure != null);
        if (failure != null) {
            out.text(failure.code().wire()).text(failure.detail());
        }
        out.flag(conversation != null);
        if (conversation != null) {
            out.text(conversation.before()).text(conversation.whole());
        }
        out.text(finish.name());
        TurnUsage extraction = trace.extraction();
        out.flag(extraction != null);
        if (extraction != null) {
            encode(extraction, out);
        }
        out.number(trace.carriedOver().size());
        trace.carriedOver().forEach(out::text);
        return out.toBytes();
    }

    private static void encode(TurnUsage usage, RecordWriter out) {
        out.number(usage.promptTokens())
                .number(usage.cachedTokens())
                .number(usage.completionTokens())
                .real(usage.costUsd());
    }

    private static TurnUsage usage(RecordReader in) {
        return new TurnUsage((int) in.number(), (int) in.number(), (int) in.number(), in.real());
    }

    /** The status alone, which stands in front. */
    static Message.Status status(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        in.text();
        return Message.Status.valueOf(in.text());
    }

    static TurnRecord decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        String id = in.text();
        Message.Status status = Message.Status.valueOf(in.text());
        String voice = in.text();
        long userSeq = in.number();
        long replySeq = in.number();
        List<TurnTrace.Step> steps = new ArrayList<>();
        for (int left = in.count(4); left > 0; left--) {
            steps.add(new TurnTrace.Step(in.text(), in.real(), in.number(), in.text()));
        }
        List<TurnTrace.Section> sections = new ArrayList<>();
        for (int left = in.count(4); left > 0; left--) {
            sections.add(new TurnTrace.Section(in.text(), (int) in.number(), (int) in.number(), (int) in.number()));
        }
        List<TurnTrace.Recalled> recalled = new ArrayList<>();
        for (int left = in.count(4); left > 0; left--) {
            String memory = in.text();
            double score = in.real();
            Map<String, Double> parts = new LinkedHashMap<>();
            for (int more = in.count(2); more > 0; more--) {
                parts.put(in.text(), in.real());
            }
            recalled.add(new TurnTrace.Recalled(memory, score, parts));
        }
        List<String> degraded = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            degraded.add(in.text());
        }
        TurnUsage usage = usage(in);
        Failure failure = in.flag() ? new Failure(Code.ofWire(in.text()), in.text()) : null;
        ClientConversation conversation =
                in.formatVersion() > 1 && in.flag() ? new ClientConversation(in.text(), in.text()) : null;
        ChatReply.Finish finish = in.formatVersion() > 1 ? ChatReply.Finish.valueOf(in.text()) : ChatReply.Finish.STOP;
        TurnUsage extraction = in.formatVersion() > 2 && in.flag() ? usage(in) : null;
        List<String> carriedOver = new ArrayList<>();
        for (int left = in.formatVersion() > 3 ? in.count(1) : 0; left > 0; left--) {
            carriedOver.add(in.text());
        }
        return new TurnRecord(
                new TurnTrace(id, status, voice, steps, sections, recalled, degraded, carriedOver, usage, extraction),
                userSeq,
                replySeq,
                failure,
                conversation,
                finish);
    }
}
