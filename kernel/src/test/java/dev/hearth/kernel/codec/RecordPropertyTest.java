package dev.hearth.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random records; a failure names its seed. */
final class RecordPropertyTest {

    private static final int RECORDS = 3000;

    @Test
    void everyRecordReadsBackAsItWasWritten() {
        for (int seed = 0; seed < RECORDS; seed++) {
            Random random = new Random(seed);
            List<Object> values = values(random);
            RecordReader reader = new RecordReader(write(values));
            for (Object value : values) {
                assertThat(read(reader, value)).as("seed %d", seed).isEqualTo(value);
            }
            assertThat(reader.atEnd()).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void aRecordCutShortIsRefusedAtEveryLength() {
        for (int seed = 0; seed < 300; seed++) {
            List<Object> values = values(new Random(seed));
            byte[] whole = write(values);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = java.util.Arrays.copyOf(whole, length);
                assertThat(readsAll(cut, values))
                        .as("seed %d, length %d", seed, length)
                        .isFalse();
            }
        }
    }

    @Test
    void damageGivesACodecExceptionOrOtherValuesAndNothingElse() {
        for (int seed = 0; seed < RECORDS; seed++) {
            Random random = new Random(seed);
            List<Object> values = values(random);
            byte[] bytes = write(values);
            for (int hit = 0; hit < 1 + random.nextInt(4); hit++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThatCode(() -> readsAll(bytes, values)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    private static boolean readsAll(byte[] bytes, List<Object> values) {
        try {
            RecordReader reader = new RecordReader(bytes);
            for (Object value : values) {
                read(reader, value);
            }
            return true;
        } catch (CodecException expected) {
            return false;
        }
    }

    private static List<Object> values(Random random) {
        List<Object> values = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            values.add(
                    switch (random.nextInt(5)) {
                        case 0 -> random.nextLong() >> random.nextInt(64);
                        case 1 -> text(random);
                        case 2 -> random.nextBoolean();
                        case 3 -> Double.longBitsToDouble(random.nextLong());
                        default -> Instant.ofEpochMilli(random.nextLong());
                    });
        }
        return values;
    }

    private static String text(Random random) {
        int[] points = random.ints(random.nextInt(20), 0, 0x10FFFF)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .toArray();
        return new String(points, 0, points.length);
    }

    private static byte[] write(List<Object> values) {
        RecordWriter writer = new RecordWriter(1);
        for (Object value : values) {
            switch (value) {
                case Long number when number >= 0 -> writer.number(number);
                case Long number -> writer.signed(number);
                case String text -> writer.optionalText(text);
                case Boolean flag -> writer.flag(flag);
                case Double real -> writer.real(real);
                case Instant instant -> writer.optionalInstant(instant);
                default -> throw new IllegalStateException();
            }
        }
        return writer.toBytes();
    }

    private static Object read(RecordReader reader, Object like) {
        Object value = switch (like) {
            case Long number when number >= 0 -> reader.number();
            case Long number -> reader.signed();
            case String text -> reader.optionalText();
            case Boolean flag -> reader.flag();
            case Double real -> reader.real();
            case Instant instant -> reader.optionalInstant();
            default -> throw new IllegalStateException();
        };
        return value == null ? "absent" : value;
    }
}
