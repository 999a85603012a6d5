package dev.hearth.engine.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.relationship.Message;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.spi.ChatReply;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnRecordTest {

    @Test
    void comesBackAsItWasStored() {
        TurnRecord record =
                new TurnRecord(trace(), 7, 8, null, new ClientConversation("before", "whole"), ChatReply.Finish.LENGTH);
        assertThat(TurnRecord.decode(record.encode())).isEqualTo(record);
    }

    @Test
    void theFirstFormatIsStillRead() {
        byte[] bytes = new RecordWriter(1)
                .text("trn_x")
                .text("COMPLETED")
                .text("offline")
                .number(7)
                .number(8)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .number(1)
                .number(0)
                .number(2)
                .real(0.5)
                .flag(false)
                .toBytes();
        assertThat(TurnRecord.decode(bytes))
                .isEqualTo(new TurnRecord(trace(), 7, 8, null, null, ChatReply.Finish.STOP));
    }

    @Test
    void whatExtractionTookIsKeptBesideTheTurnsOwnUsage() {
        TurnTrace.Step step = new TurnTrace.Step("extract", 12.5, 120_000, "ok");
        TurnUsage took = new TurnUsage(900, 0, 40, 0.001);
        TurnRecord record = new TurnRecord(trace(), 7, 8, null, null, ChatReply.Finish.STOP);

        TurnTrace extracted = StoredTurns.trace(StoredTurns.extracted(record.encode(), step, took));

        assertThat(extracted.steps()).containsExactly(step);
        assertThat(extracted.extraction()).isEqualTo(took);
        assertThat(extracted.usage()).isEqualTo(trace().usage());
    }

    private static TurnTrace trace() {
        return new TurnTrace(
                "trn_x",
                Message.Status.COMPLETED,
                "offline",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new TurnUsage(1, 0, 2, 0.5));
    }
}
