package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Ulid;
import dev.hearth.engine.when.TimeSpan;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link MessageColumns} wrote. Numbers are read through, since each is what it differs from the one before;
 * nothing else is made of messages that are not wanted.
 */
final class MessageColumnReader {

    private static final int LEAST_BYTES_A_MESSAGE = 8;

    private final RecordReader packed;
    private final RecordReader in;
    private final RecordReader noise;
    private final int count;

    private MessageColumnReader(byte[] bytes) {
        packed = Packed.check(bytes).supporting(MessageColumns.FORMAT);
        in = new RecordReader(Packed.read(packed)).supporting(MessageColumns.FORMAT);
        noise = new RecordReader(packed.bytes()).supporting(MessageColumns.FORMAT);
        count = in.count(LEAST_BYTES_A_MESSAGE);
    }

    /** The messages whose seq is wanted, in order. */
    static List<StoredMessage> read(byte[] bytes, LongPredicate wanted) {
        return new MessageColumnReader(bytes).messages(wanted);
    }

    private List<StoredMessage> messages(LongPredicate wanted) {
        long[] seqs = rising();
        boolean[] taken = new boolean[count];
        for (int i = 0; i < count; i++) {
            taken[i] = wanted.test(seqs[i]);
        }
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = (int) Math.min(in.number(), Integer.MAX_VALUE);
        }
        long[] storedAt = differing();
        int[] origins = new int[count];
        for (int i = 0; i < count; i++) {
            origins[i] = (int) in.number();
        }
        @Nullable String[] speakers = names();
        long[] sessions = differing();
        long[] said = said(storedAt);
        @Nullable String[] turns = turns(storedAt, taken);
        @Nullable String[] externalIds = externalIds(taken);
        boolean[] hashed = new boolean[count];
        for (int i = 0; i < count; i++) {
            hashed[i] = in.flag();
        }
        List<@Nullable List<TimeSpan>> times = times(said, taken);
        @Nullable String[] texts = words(lengths, taken);
        List<StoredMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int salt = (int) bits(MessageColumns.SALT_BYTES, noise);
            long hash = hashed[i] ? bits(Long.BYTES, noise) : 0;
            String text = texts[i];
            List<TimeSpan> named = times.get(i);
            if (text != null && named != null) {
                messages.add(new StoredMessage(
                        seqs[i],
                        storedAt[i],
                        salt,
                        StoredMessage.Origin.of(origins[i] / 2),
                        speakers[i],
                        (int) sessions[i],
                        text,
                        Instant.ofEpochMilli(said[i]),
                        turns[i],
                        externalIds[i],
                        hash,
                        origins[i] % 2 == 1,
                        named));
            }
        }
        return messages;
    }

    private long[] rising() {
        long[] values = new long[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            before += in.number();
            values[i] = before;
        }
        return values;
    }

    private long[] differing() {
        long[] values = new long[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            before += in.signed();
            values[i] = before;
        }
        return values;
    }

    private long[] said(long[] storedAt) {
        long[] said = new long[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            before = (in.flag() ? storedAt[i] : before) + in.signed();
            said[i] = before;
        }
        return said;
    }

    private @Nullable String[] turns(long[] storedAt, boolean[] taken) {
        @Nullable String[] turns = new @Nullable String[count];
        String text = null;
        long high = 0;
        long low = 0;
        int kind = MessageColumns.NO_TURN;
        for (int i = 0; i < count; i++) {
            int stored = (int) in.number();
            switch (stored) {
                case MessageColumns.NO_TURN -> kind = stored;
                case MessageColumns.SAME_TURN -> {}
                case MessageColumns.ULID_TURN -> {
                    kind = stored;
                    high = (in.signed() + storedAt[i]) << 16 | (in.number() & 0xFFFF);
                    low = bits(Long.BYTES, noise);
                }
                case MessageColumns.OTHER_TURN -> {
                    kind = stored;
                    text = in.text();
                }
                default -> throw new CodecException("Damaged record: a turn of no known kind.");
            }
            if (taken[i] && kind != MessageColumns.NO_TURN) {
                turns[i] = kind == MessageColumns.ULID_TURN ? Ulid.of(high, low) : text;
            }
        }
        return turns;
    }

    private @Nullable String[] externalIds(boolean[] taken) {
        @Nullable String[] ids = new @Nullable String[count];
        for (int i = 0; i < count; i++) {
            if (in.flag()) {
                if (taken[i]) {
                    ids[i] = in.text();
                } else {
                    in.skip();
                }
            }
        }
        return ids;
    }

    private @Nullable String[] names() {
        int different = in.count(1);
        String[] each = new String[different];
        for (int i = 0; i < different; i++) {
            each[i] = in.text();
        }
        @Nullable String[] names = new @Nullable String[count];
        for (int i = 0; i < count; i++) {
            int place = (int) in.number();
            if (place > different) {
                throw new CodecException("Damaged record: a name that is not there.");
            }
            names[i] = place == 0 ? null : each[place - 1];
        }
        return names;
    }

    private List<@Nullable List<TimeSpan>> times(long[] said, boolean[] taken) {
        List<@Nullable List<TimeSpan>> times = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (taken[i]) {
                times.add(StoredTimes.decode(in, Instant.ofEpochMilli(said[i])));
            } else {
                StoredTimes.skip(in);
                times.add(null);
            }
        }
        return times;
    }

    /** The texts of the messages that are taken, null at the places of others; runs without any stay packed. */
    private @Nullable String[] words(int[] lengths, boolean[] taken) {
        @Nullable String[] texts = new @Nullable String[count];
        for (int from = 0; from < count; ) {
            int to = from + (int) Math.min(packed.number(), Integer.MAX_VALUE / 2);
            if (to <= from || to > count) {
                throw new CodecException("Damaged record: a run of words of no length.");
            }
            long length = packed.number();
            if (any(taken, from, to)) {
                words(lengths, taken, from, to, Packed.unpack(length, packed.view()), texts);
            } else {
                packed.skip();
            }
            from = to;
        }
        return texts;
    }

    private static boolean any(boolean[] taken, int from, int to) {
        for (int i = from; i < to; i++) {
            if (taken[i]) {
                return true;
            }
        }
        return false;
    }

    private static void words(int[] lengths, boolean[] taken, int from, int to, byte[] run, @Nullable String[] texts) {
        int at = 0;
        for (int i = from; i < to; i++) {
            if (taken[i]) {
                if (lengths[i] > run.length - at) {
                    throw new CodecException("Damaged record: words beyond their run.");
                }
                texts[i] = new String(run, at, lengths[i], StandardCharsets.UTF_8);
            }
            at += lengths[i];
        }
    }

    private static long bits(int bytes, RecordReader in) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) in.octet() << (8 * i);
        }
        return value;
    }
}
