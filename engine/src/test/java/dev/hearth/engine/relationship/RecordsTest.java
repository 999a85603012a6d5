package dev.hearth.engine.relationship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.recall.Standing;
import dev.hearth.engine.when.Granularity;
import dev.hearth.engine.when.TimeSpan;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.spi.Partition;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is stored reads back as it was, and damage is told. */
class RecordsTest {

    private static final Instant NOW = Instant.parse("2026-05-04T09:00:00Z");

    @Test
    void recordsReadBackAsTheyWere() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            Head head = head(random);
            assertThat(Head.decode(head.encode())).as("seed %d", seed).isEqualTo(head);
            List<StoredMessage> messages = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(20); i++) {
                messages.add(message(random, i + 1));
            }
            MessageBlock block = new MessageBlock(messages);
            assertThat(MessageBlock.decode(block.encode())).as("seed %d", seed).isEqualTo(block);
            Standing standing = standing(random);
            assertThat(StoredStanding.decode(StoredStanding.encode(standing)))
                    .as("seed %d", seed)
                    .isEqualTo(standing);
            VectorBlock vectors = vectors(random);
            assertThat(VectorBlock.decode(vectors.encode())).as("seed %d", seed).isEqualTo(vectors);
        }
    }

    @Test
    void aStandingOfFormat1IsReadAndHasNoSources() {
        byte[] format1 = new RecordWriter(1)
                .flag(true)
                .flag(false)
                .number(9)
                .number(3)
                .optionalInstant(NOW)
                .number(2)
                .number(5)
                .number(2)
                .toBytes();
        assertThat(StoredStanding.decode(format1)).isEqualTo(new Standing(true, false, 9, 3, List.of(5L, 7L), NOW));
    }

    @Test
    void aHeadOfFormat1IsReadAndHasNoEventsYet() {
        byte[] format1 = HexFormat.of()
                .parseHex("011a30316a7463713876303030303030303030303030303030306162046172696104616e6e6180fab9a3be6701"
                        + "c0a3c1a3be670c0a090301c0a3c1a3be67051954686520757365722069732063616c6c656420416e6e612e0a02"
                        + "0103732d3101c08bcca2be6700011a30316a74637138763030303030303030303030303030303063640de0a1cc"
                        + "a3be67");

        Head head = Head.decode(format1);

        assertThat(head)
                .isEqualTo(new Head(
                        "01jtcq8v0000000000000000ab",
                        "aria",
                        "anna",
                        NOW,
                        NOW.plusSeconds(60),
                        12,
                        10,
                        9,
                        0,
                        new Head.Session(3, NOW.plusSeconds(60), 5, "The user is called Anna.\n"),
                        new Head.Imports(2, "s-1", NOW.minusSeconds(900)),
                        new Claim("01jtcq8v0000000000000000cd", -7, NOW.plusSeconds(150)),
                        false));
        assertThat(Head.decode(head.told(3).encode()).events()).isEqualTo(3);
    }

    @Test
    void aMessageBlockOfFormat1IsReadAndItsMessageNamesNoTime() {
        byte[] format1 = HexFormat.of()
                .parseHex(
                        "01010780fddc91df3363010104416e6e610310492072616e207965737465726461792ec0d0b2a3be67011a30316a7463"
                                + "713876303030303030303030303030303030306364000000");

        assertThat(MessageBlock.decode(format1).messages())
                .containsExactly(new StoredMessage(
                        7,
                        NOW.toEpochMilli(),
                        99,
                        StoredMessage.Origin.USER_TURN,
                        "Anna",
                        3,
                        "I ran yesterday.",
                        NOW.minusSeconds(60),
                        "01jtcq8v0000000000000000cd",
                        null,
                        0,
                        false));
    }

    @Test
    void aMessageKeepsTheTimesItNamesUntilItIsErased() {
        StoredMessage plain = message("I ran yesterday.");
        StoredMessage timed = plain.timed(ZoneId.of("Asia/Tokyo"));

        assertThat(timed.times())
                .containsExactly(new TimeSpan(
                        Instant.parse("2026-05-02T19:00:00Z"),
                        Instant.parse("2026-05-03T19:00:00Z"),
                        ZoneId.of("Asia/Tokyo"),
                        Granularity.DAY,
                        0.95));
        assertThat(timed.erased()).isEqualTo(plain.erased());
        assertThat(new MessageBlock(List.of(timed)).encode().length - new MessageBlock(List.of(plain)).encode().length)
                .isLessThanOrEqualTo(20);
    }

    @Test
    void damagedTimesAreToldAsSuch() {
        byte[] block = new MessageBlock(List.of(message("yesterday").timed(ZoneId.of("UTC")))).encode();
        byte[] granularity = block.clone();
        granularity[block.length - 2] = 77;
        assertThatThrownBy(() -> MessageBlock.decode(granularity)).isInstanceOf(CodecException.class);
        byte[] confidence = block.clone();
        confidence[block.length - 1] = 101;
        assertThatThrownBy(() -> MessageBlock.decode(confidence)).isInstanceOf(CodecException.class);
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            byte[] damaged = block.clone();
            damaged[random.nextInt(block.length)] = (byte) random.nextInt();
            assertThatCode(() -> {
                        try {
                            MessageBlock.decode(damaged);
                        } catch (CodecException told) {
                            // The only way to be told.
                        }
                    })
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aTruncatedRecordIsToldAsSuch() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            byte[] block = new MessageBlock(List.of(message(random, 1), message(random, 2))).encode();
            byte[] cut = Arrays.copyOf(block, random.nextInt(block.length));
            assertThatThrownBy(() -> MessageBlock.decode(cut))
                    .as("seed %d", seed)
                    .isInstanceOf(CodecException.class);
        }
    }

    @Test
    void idsReadBackAndRefuseWhatTheyAreNot() {
        Random random = new Random(3);
        Partition partition = new Partition("0123456789abcdefghjkmnpqrs");
        for (int i = 0; i < 1_000; i++) {
            long seq = random.nextLong(1L << 40);
            int ordinal = random.nextInt(65_536);
            EntityId id = EntityId.ofMessage(
                    EntityId.Kind.MEMORY, partition, NOW.toEpochMilli(), ordinal, seq, random.nextInt(1 << 24));
            EntityId read = EntityId.parse(EntityId.Kind.MEMORY, id.toString()).orElseThrow();
            assertThat(read).isEqualTo(id);
            assertThat(read.seq()).isEqualTo(seq);
            assertThat(read.ordinal()).isEqualTo(ordinal);
            assertThat(EntityId.parse(EntityId.Kind.TURN, id.toString())).isEmpty();
            assertThat(EntityId.parse(EntityId.Kind.MEMORY, id.toString().substring(1)))
                    .isEmpty();
        }
        List<Executable> none = new ArrayList<>();
        for (String odd :
                List.of("", "mem_", "mem_" + "u".repeat(52), "mem_" + "é".repeat(52), "mem_" + "8".repeat(52))) {
            none.add(() -> assertThat(EntityId.parse(EntityId.Kind.MEMORY, odd)).isEmpty());
        }
        org.junit.jupiter.api.Assertions.assertAll(none);
    }

    @Test
    void aSessionEndsWithAGapAndAnImportsWithAnotherName() {
        Sessions sessions = new Sessions(Duration.ofMinutes(30));
        Head head = Head.founded("id", "aria", "anna", NOW);
        Head first = head.withSession(sessions.live(head, NOW, 1, ""));
        assertThat(first.session().ordinal()).isEqualTo(1);
        assertThat(sessions.live(first, NOW.plusSeconds(1_800), 1, "").ordinal())
                .isEqualTo(1);
        assertThat(sessions.live(first, NOW.plusSeconds(1_801), 5, "").ordinal())
                .isEqualTo(2);
        assertThat(sessions.live(first, NOW.plusSeconds(1_801), 5, "").windowFrom())
                .isEqualTo(5);
        Head named = first.withImports(sessions.imported(first, NOW.minusSeconds(9_999), "s-1"));
        assertThat(named.imports().ordinal()).isEqualTo(2);
        assertThat(named.session()).isEqualTo(first.session());
        assertThat(sessions.imported(named, NOW.plus(Duration.ofDays(9)), "s-1").ordinal())
                .isEqualTo(2);
        assertThat(sessions.imported(named, NOW, null).ordinal()).isEqualTo(3);
        assertThat(sessions.live(named, NOW.plusSeconds(60), 9, "").ordinal()).isEqualTo(1);
    }

    private static StoredMessage message(String text) {
        return new StoredMessage(
                1, NOW.toEpochMilli(), 5, StoredMessage.Origin.USER_TURN, "Anna", 1, text, NOW, null, null, 0, false);
    }

    private static Head head(Random random) {
        return new Head(
                text(random),
                text(random),
                text(random),
                NOW,
                random.nextBoolean() ? null : NOW.plusMillis(random.nextInt()),
                random.nextLong(1L << 40),
                random.nextInt(1_000),
                random.nextInt(1_000),
                random.nextInt(1_000),
                new Head.Session(
                        random.nextInt(100), random.nextBoolean() ? null : NOW, random.nextInt(1_000), text(random)),
                new Head.Imports(
                        random.nextInt(100),
                        random.nextBoolean() ? null : text(random),
                        random.nextBoolean() ? null : NOW),
                random.nextBoolean() ? null : new Claim(text(random), random.nextLong(), NOW),
                random.nextBoolean());
    }

    private static StoredMessage message(Random random, long seq) {
        return new StoredMessage(
                seq,
                NOW.toEpochMilli(),
                random.nextInt(1 << 24),
                StoredMessage.Origin.of(1 + random.nextInt(6)),
                random.nextBoolean() ? null : text(random),
                random.nextInt(50),
                text(random),
                NOW.minusMillis(random.nextLong(1L << 40)),
                random.nextBoolean() ? null : text(random),
                random.nextBoolean() ? null : text(random),
                random.nextLong(),
                random.nextBoolean(),
                times(random));
    }

    private static List<TimeSpan> times(Random random) {
        List<Granularity> granularities = List.of(Granularity.values());
        List<TimeSpan> times = new ArrayList<>();
        for (int i = random.nextInt(9) - 4; i > 0; i--) {
            Instant from = NOW.plusSeconds(random.nextLong(-(1L << 36), 1L << 36));
            times.add(new TimeSpan(
                    from,
                    from.plusSeconds(1 + random.nextLong(1L << 30)),
                    ZoneId.of("Europe/Berlin"),
                    granularities.get(random.nextInt(granularities.size())),
                    random.nextInt(101) / 100.0));
        }
        return times;
    }

    private static Standing standing(Random random) {
        return new Standing(
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(100),
                random.nextInt(100),
                rising(random),
                random.nextBoolean() ? null : NOW,
                rising(random));
    }

    private static List<Long> rising(Random random) {
        return random.longs(random.nextInt(5), 1, 1L << 30)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    private static VectorBlock vectors(Random random) {
        List<VectorBlock.Embedded> embedded = new ArrayList<>();
        for (int i = 0; i < random.nextInt(5); i++) {
            float[] vector = new float[8];
            for (int d = 0; d < vector.length; d++) {
                vector[d] = random.nextFloat() - 0.5f;
            }
            embedded.add(new VectorBlock.Embedded(i, List.of(QuantizedVector.of(vector))));
        }
        return new VectorBlock("embedder", embedded);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 32, 0xD000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
