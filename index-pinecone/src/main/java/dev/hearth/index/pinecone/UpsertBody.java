package dev.hearth.index.pinecone;

import dev.hearth.spi.Partition;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The body of one upsert, which grows record by record within the service's limits: 1,000 records, 2 MB. */
final class UpsertBody {

    private static final int MOST_RECORDS = 1_000;
    private static final int MOST_BYTES = 2_000_000;
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int records;

    UpsertBody(Partition partition) {
        bytes.writeBytes(("{\"namespace\":\"" + partition + "\",\"vectors\":[").getBytes(StandardCharsets.US_ASCII));
    }

    boolean isEmpty() {
        return records == 0;
    }

    boolean fits(byte[] record) {
        return records < MOST_RECORDS && bytes.size() + 1 + record.length + END.length <= MOST_BYTES;
    }

    void add(byte[] record) {
        if (records++ > 0) {
            bytes.write(',');
        }
        bytes.writeBytes(record);
    }

    /** The whole body; nothing is added afterwards. */
    byte[] whole() {
        bytes.writeBytes(END);
        return bytes.toByteArray();
    }
}
