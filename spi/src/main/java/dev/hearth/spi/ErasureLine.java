package dev.hearth.spi;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An erasure as one line, for adapters of {@link ErasureLedger}: the CRC32C of the rest in hex, then id, partition, key
 * id in hex, instant and step.
 */
public final class ErasureLine {

    private static final Pattern ID = Pattern.compile("[!-~]{1,200}");
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int CRC_DIGITS = 8;

    private ErasureLine() {}

    /**
     * The line with its line feed, in ASCII.
     *
     * @throws IllegalArgumentException where the id would not be read again
     */
    public static byte[] format(Erasure erasure) {
        if (!ID.matcher(erasure.id()).matches()) {
            throw new IllegalArgumentException("A receipt's id is 1 to 200 printable ASCII characters without spaces.");
        }
        String text = erasure.id() + " " + erasure.partition() + " " + Long.toHexString(erasure.keyId()) + " "
                + erasure.at() + " " + erasure.step();
        return (crc(text) + " " + text + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The entry that a line without its line feed stands for, or null where it is damaged. */
    public static @Nullable Erasure parse(String line) {
        if (line.length() < CRC_DIGITS + 2
                || !crc(line.substring(CRC_DIGITS + 1)).equals(line.substring(0, CRC_DIGITS))) {
            return null;
        }
        List<String> words = SPACE.splitAsStream(line).toList();
        try {
            return new Erasure(
                    words.get(1),
                    new Partition(words.get(2)),
                    Long.parseUnsignedLong(words.get(3), 16),
                    Instant.parse(words.get(4)),
                    Erasure.Step.valueOf(words.get(5)));
        } catch (IndexOutOfBoundsException | DateTimeException | IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static String crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        String digits = Long.toHexString(crc.getValue());
        return "0".repeat(CRC_DIGITS - digits.length()) + digits;
    }
}
