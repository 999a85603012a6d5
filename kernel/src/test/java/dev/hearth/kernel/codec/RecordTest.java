package dev.hearth.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RecordTest {

    @Test
    void aRecordReadsBackAsItWasWritten() {
        Instant time = Instant.parse("2024-02-29T23:59:59.123456789Z");
        RecordWriter writer = new RecordWriter(7)
                .number(300)
                .signed(-3)
                .text("Grüße, 世界 🌍")
                .optionalText(null)
                .optionalText("")
                .bytes(new byte[] {1, 2, 3})
                .flag(true)
                .real(-0.0)
                .instant(time)
                .optionalInstant(null)
                .optionalInstant(Instant.EPOCH);
        RecordReader reader = new RecordReader(writer.toBytes());
        assertThat(writer.size()).isEqualTo(writer.toBytes().length);
        assertThat(reader.formatVersion()).isEqualTo(7);
        assertThat(reader.number()).isEqualTo(300);
        assertThat(reader.signed()).isEqualTo(-3);
        assertThat(reader.text()).isEqualTo("Grüße, 世界 🌍");
        assertThat(reader.optionalText()).isNull();
        assertThat(reader.optionalText()).isEmpty();
        assertThat(reader.bytes()).containsExactly(1, 2, 3);
        assertThat(reader.flag()).isTrue();
        assertThat(Double.doubleToRawLongBits(reader.real())).isEqualTo(Double.doubleToRawLongBits(-0.0));
        assertThat(reader.instant()).isEqualTo(Instant.parse("2024-02-29T23:59:59.123Z"));
        assertThat(reader.optionalInstant()).isNull();
        assertThat(reader.optionalInstant()).isEqualTo(Instant.EPOCH);
        assertThat(reader.atEnd()).isTrue();
        assertThat(reader.remaining()).isZero();
    }

    @Test
    void theBytesAreFixedForEver() {
        byte[] bytes = new RecordWriter(1)
                .number(300)
                .signed(-1)
                .text("é")
                .flag(false)
                .real(1.0)
                .toBytes();
        assertThat(bytes).containsExactly(1, 0xAC, 0x02, 0x01, 0x02, 0xC3, 0xA9, 0x00, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F);
    }

    @Test
    void theEndsOfEveryRangeReadBack() {
        for (long value : new long[] {0, 1, -1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(new RecordReader(new RecordWriter(255).signed(value).toBytes()).signed())
                    .isEqualTo(value);
        }
        for (long value : new long[] {0, 127, 128, 16383, 16384, Long.MAX_VALUE}) {
            assertThat(new RecordReader(new RecordWriter(0).number(value).toBytes()).number())
                    .isEqualTo(value);
        }
    }

    @Test
    void writersRefuseWhatTheyCannotHold() {
        assertThatThrownBy(() -> new RecordWriter(256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RecordWriter(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RecordWriter(1).number(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEmptyArrayIsNoRecord() {
        assertThatThrownBy(() -> new RecordReader(new byte[0])).isInstanceOf(CodecException.class);
    }

    @Test
    void aCountThatCannotBeThereIsRefused() {
        byte[] bytes = new RecordWriter(1).number(4).real(0).toBytes();
        assertThat(new RecordReader(bytes).count(2)).isEqualTo(4);
        assertThatThrownBy(() -> new RecordReader(bytes).count(3)).isInstanceOf(CodecException.class);
        byte[] huge = new RecordWriter(1).number(Long.MAX_VALUE).toBytes();
        assertThatThrownBy(() -> new RecordReader(huge).count(1)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> new RecordReader(huge).text()).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> new RecordReader(huge).bytes()).isInstanceOf(CodecException.class);
    }

    @Test
    void numbersOverSixtyFourBitsAreRefused() {
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0xFF);
        assertThatThrownBy(() -> new RecordReader(endless).number()).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> new RecordReader(endless).signed()).isInstanceOf(CodecException.class);
        byte[] negative = new RecordWriter(1).signed(Long.MIN_VALUE).toBytes();
        assertThatThrownBy(() -> new RecordReader(negative).number()).isInstanceOf(CodecException.class);
    }

    @Test
    void textThatIsNoUtf8IsRefused() {
        byte[] bytes = new RecordWriter(1).bytes(new byte[] {'a', (byte) 0xC3}).toBytes();
        assertThatThrownBy(() -> new RecordReader(bytes).text())
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void theChecksumIsCrc32c() {
        assertThat(Checksum.of("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xE3069283);
        assertThat(Checksum.of("x123456789y".getBytes(StandardCharsets.US_ASCII), 1, 9))
                .isEqualTo(0xE3069283);
    }

    @Test
    void whatIsNotWantedIsPassedOver() {
        byte[] record = new RecordWriter(1)
                .text("h\u00e9l\u00e8ne")
                .bytes(new byte[] {-1, 0})
                .text("ascii")
                .toBytes();
        RecordReader reader = new RecordReader(record);
        reader.skip();
        reader.skip();
        assertThat(reader.text()).isEqualTo("ascii");
        assertThat(reader.atEnd()).isTrue();
    }
}
