package dev.hearth.engine.relationship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Ulid;
import dev.hearth.engine.when.TimeExpressions;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.vector.QuantizedVector;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Segments read back what was folded into them, whole or in part, and a byte that changed is found. */
class SegmentTest {

    private static final Instant NOW = Instant.parse("2026-05-04T09:00:00Z");

    @Test
    void anyMessagesReadBackAsTheyWere() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<StoredMessage> messages = messages(random, 2 + random.nextInt(300));
            byte[] bytes = new MessageBlock(messages).encode();
            assertThat(MessageBlock.decode(bytes).messages())
                    .as("seed %d", seed)
                    .isEqualTo(messages);
            long some = messages.get(random.nextInt(messages.size())).seq();
            assertThat(MessageBlock.decode(bytes, seq -> seq == some))
                    .as("seed %d", seed)
                    .isEqualTo(messages.stream()
                            .filter(message -> message.seq() == some)
                            .toList());
            assertThat(MessageBlock.decode(bytes).erasing(some).messages())
                    .as("seed %d", seed)
                    .filteredOn(message -> message.seq() == some)
                    .allMatch(message -> message.deleted() && message.text().isEmpty());
        }
    }

    @Test
    void anyVectorsReadBackAsTheyWere() {
        for (long seed = 1; seed <= 100; seed++) {
            VectorBlock block = vectors(new Random(seed));
            assertThat(VectorBlock.decode(block.encode())).as("seed %d", seed).isEqualTo(block);
        }
    }

    @Test
    void whatIsPutAwayKeepsItsWordsAndTheDirectionOfItsVectors() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            List<StoredMessage> messages = messages(random, 1 + random.nextInt(200));
            VectorBlock vectors = vectors(random);
            ColdSegment segment = new ColdSegment(messages, "embedder", vectors.embedded());
            for (int bits = 1; bits <= 4; bits++) {
                byte[] bytes = segment.encode(bits);
                ColdSegment back = ColdSegment.decode(bytes);
                assertThat(back.messages()).as("seed %d", seed).isEqualTo(messages);
                assertThat(back.embedder()).isEqualTo("embedder");
                assertThat(back.embedded())
                        .extracting(VectorBlock.Embedded::seq)
                        .isEqualTo(vectors.embedded().stream()
                                .map(VectorBlock.Embedded::seq)
                                .toList());
                flip(bytes, random);
                assertThatThrownBy(() -> ColdSegment.decode(bytes))
                        .as("seed %d", seed)
                        .isInstanceOf(CodecException.class);
            }
        }
    }

    @Test
    void anyByteThatChangedIsFound() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            byte[] messages = new MessageBlock(messages(random, 2 + random.nextInt(40))).encode();
            byte[] vectors = vectors(random).encode();
            flip(messages, random);
            flip(vectors, random);
            assertThatThrownBy(() -> MessageBlock.decode(messages))
                    .as("seed %d", seed)
                    .isInstanceOf(CodecException.class);
            assertThatThrownBy(() -> VectorBlock.decode(vectors))
                    .as("seed %d", seed)
                    .isInstanceOf(CodecException.class);
        }
    }

    @Test
    void blocksOfFormat1AreRead() {
        byte[] format1 = HexFormat.of()
                .parseHex("0102" + "01" + "80fab9a3be67" + "05" + "01" + "0104416e6e61" + "03" + "03486921"
                        + "80f4f3c6fcce01"
                        + "00" + "00" + "00" + "00" + "02" + "80fab9a3be67" + "06" + "02" + "00" + "03" + "00"
                        + "80f4f3c6fcce01" + "00" + "00" + "0e" + "01");

        List<StoredMessage> messages = MessageBlock.decode(format1).messages();

        assertThat(messages).extracting(StoredMessage::text).containsExactly("Hi!", "");
        assertThat(messages).extracting(StoredMessage::externalHash).containsExactly(0L, 7L);
        assertThat(messages.getFirst().speaker()).isEqualTo("Anna");
        assertThat(messages.getLast().deleted()).isTrue();
        assertThat(MessageBlock.decode(new MessageBlock(messages).encode()).messages())
                .isEqualTo(messages);
    }

    private static void flip(byte[] bytes, Random random) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }

    static List<StoredMessage> messages(Random random, int count) {
        List<StoredMessage> messages = new ArrayList<>();
        String turn = null;
        long seq = random.nextInt(1_000);
        for (int i = 0; i < count; i++) {
            seq += 1 + (random.nextInt(9) == 0 ? random.nextInt(5) : 0);
            long storedAt = NOW.toEpochMilli() + random.nextInt();
            turn = switch (random.nextInt(4)) {
                case 0 -> null;
                case 1 -> turn;
                case 2 -> Ulid.of(Instant.ofEpochMilli(storedAt + random.nextInt(99)), random.nextInt(), random);
                default -> text(random);
            };
            messages.add(new StoredMessage(
                    seq,
                    storedAt,
                    random.nextInt(EntityId.SALTS),
                    StoredMessage.Origin.of(1 + random.nextInt(6)),
                    random.nextBoolean() ? null : "Name " + random.nextInt(4),
                    random.nextInt(50),
                    text(random).repeat(random.nextInt(60)),
                    Instant.ofEpochMilli(storedAt - random.nextLong(1L << 40)),
                    turn,
                    random.nextBoolean() ? null : text(random),
                    random.nextBoolean() ? 0 : random.nextLong(),
                    random.nextInt(10) == 0,
                    TimeExpressions.in(
                            random.nextInt(4) == 0 ? "yesterday, and again in two weeks" : "",
                            Instant.ofEpochMilli(storedAt),
                            random.nextBoolean() ? ZoneOffset.UTC : ZoneId.of("Europe/Berlin"))));
        }
        return messages;
    }

    private static VectorBlock vectors(Random random) {
        List<VectorBlock.Embedded> embedded = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(40); i++) {
            List<QuantizedVector> windows = new ArrayList<>();
            for (int w = 0; w <= random.nextInt(3); w++) {
                float[] vector = new float[24];
                for (int d = 0; d < vector.length; d++) {
                    vector[d] = random.nextFloat() - 0.5f;
                }
                windows.add(QuantizedVector.of(vector));
            }
            embedded.add(new VectorBlock.Embedded(3L * i, windows));
        }
        return new VectorBlock("embedder", embedded);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 32, 0xD000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
