package dev.hearth.store.dynamodb;

import dev.hearth.spi.Item;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.Write;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item as a row of the table. The names are of one letter because DynamoDB bills them with every row; none of them
 * is a reserved word.
 */
final class Row {

    /** The partition's name, a string; the table's partition key. */
    static final String PARTITION = "p";

    /** The key, a string; the table's sort key. DynamoDB orders strings by their bytes, as the contract does. */
    static final String KEY = "k";

    static final String REVISION = "r";
    static final String VALUE = "v";

    /** When it stops existing, in milliseconds since 1970, to be checked at every read; none for never. */
    static final String EXPIRES = "e";

    /** The same in whole seconds, rounded up, for DynamoDB's own removal, which comes days later. */
    static final String TTL = "t";

    private Row() {}

    static Map<String, AttributeValue> key(String partition, String key) {
        return Map.of(PARTITION, AttributeValue.fromS(partition), KEY, AttributeValue.fromS(key));
    }

    static Map<String, AttributeValue> of(String partition, Write.Operation.Put put) {
        Map<String, AttributeValue> row = new HashMap<>(key(partition, put.key()));
        row.put(REVISION, number(put.revision()));
        row.put(VALUE, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(put.value())));
        Instant expiresAt = put.expiresAt();
        if (expiresAt != null) {
            long millis = expiresAt.plusNanos(999_999).toEpochMilli();
            row.put(EXPIRES, number(millis));
            row.put(TTL, number(Math.ceilDiv(millis, 1000)));
        }
        return row;
    }

    static Item item(Map<String, AttributeValue> row) {
        return new Item(
                attribute(row, KEY).s(),
                Long.parseLong(attribute(row, REVISION).n()),
                attribute(row, VALUE).b().asByteArrayUnsafe());
    }

    /** The operation that stores the same again. */
    static Write.Operation.Put put(Map<String, AttributeValue> row) {
        Item item = item(row);
        AttributeValue expires = row.get(EXPIRES);
        return new Write.Operation.Put(
                item.key(),
                item.revision(),
                item.value(),
                expires == null ? null : Instant.ofEpochMilli(Long.parseLong(expires.n())));
    }

    /** An attribute that every row of ours has. */
    static AttributeValue attribute(Map<String, AttributeValue> row, String name) {
        AttributeValue value = row.get(name);
        if (value == null) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    "A row has no attribute " + name + ", so something else than Hearth wrote it. Give Hearth a table "
                            + "of its own.");
        }
        return value;
    }

    static boolean live(Map<String, AttributeValue> row, long now) {
        AttributeValue expires = row.get(EXPIRES);
        return expires == null || Long.parseLong(expires.n()) > now;
    }

    /** What the row takes by DynamoDB's rule: the bytes of names and values, a number's being half its digits and one. */
    static long bytes(Map<String, AttributeValue> row) {
        long bytes = 0;
        for (Map.Entry<String, AttributeValue> attribute : row.entrySet()) {
            AttributeValue value = attribute.getValue();
            bytes += attribute.getKey().length();
            if (value.s() != null) {
                bytes += value.s().getBytes(StandardCharsets.UTF_8).length;
            } else if (value.n() != null) {
                bytes += (value.n().length() + 1) / 2 + 1;
            } else if (value.b() != null) {
                bytes += value.b().asByteArrayUnsafe().length;
            }
        }
        return bytes;
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
