package dev.hearth.spi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What every {@link WarmStore} refuses before it touches anything, so that all of them refuse the same.
 *
 * <p>Over a limit is {@link StoreException.Kind#TOO_LARGE}. What no limit would make right (an empty key, a key that
 * is not printable ASCII, a revision below 1, no operation, a key twice among the operations) is a mistake of the
 * caller and an {@link IllegalArgumentException}. No message repeats a key or a value.
 */
public final class WarmLimits {

    private WarmLimits() {}

    /** Refuses a key that no store would take. */
    public static void check(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("A key has at least 1 byte.");
        }
        if (key.length() > WarmStore.MAX_KEY_BYTES) {
            throw tooLarge("A key has " + key.length() + " bytes; the most is " + WarmStore.MAX_KEY_BYTES + ".");
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException("A key is printable ASCII; the character at " + i + " is not.");
            }
        }
    }

    /**
     * Refuses a write that no store would take. Its size is the sum of the bytes of the operations' keys and values.
     */
    public static void check(Write write) {
        if (write.operations().isEmpty()) {
            throw new IllegalArgumentException("A write has at least 1 operation.");
        }
        checkCount(write.operations().size(), "operations");
        checkCount(write.conditions().size(), "conditions");
        Set<String> touched = new HashSet<>();
        for (Write.Condition condition : write.conditions()) {
            check(condition.key());
            touched.add(condition.key());
        }
        Set<String> keys = new HashSet<>();
        long bytes = 0;
        for (Write.Operation operation : write.operations()) {
            check(operation.key());
            if (!keys.add(operation.key())) {
                throw new IllegalArgumentException("A key stands twice among a write's operations.");
            }
            bytes += operation.key().length();
            if (operation instanceof Write.Operation.Put put) {
                bytes += check(put);
            }
        }
        touched.addAll(keys);
        checkCount(touched.size(), "keys in its conditions and operations");
        if (bytes > WarmStore.MAX_WRITE_BYTES) {
            throw tooLarge("A write has " + bytes + " bytes; the most is " + WarmStore.MAX_WRITE_BYTES + ".");
        }
    }

    private static long check(Write.Operation.Put put) {
        if (put.revision() < 1) {
            throw new IllegalArgumentException("A revision is at least 1.");
        }
        if (put.value().length > WarmStore.MAX_VALUE_BYTES) {
            throw tooLarge(
                    "A value has " + put.value().length + " bytes; the most is " + WarmStore.MAX_VALUE_BYTES + ".");
        }
        return put.value().length;
    }

    private static void checkCount(int count, String what) {
        if (count > WarmStore.MAX_OPERATIONS) {
            throw tooLarge("A write has " + count + " " + what + "; the most is " + WarmStore.MAX_OPERATIONS + ".");
        }
    }

    private static StoreException tooLarge(String message) {
        return new StoreException(StoreException.Kind.TOO_LARGE, message);
    }

    /** Refuses keys that no store takes in one read. */
    public static void checkAll(List<String> keys) {
        if (keys.isEmpty() || Set.copyOf(keys).size() != keys.size()) {
            throw new IllegalArgumentException("A read of several keys names at least one, and each of them once.");
        }
        if (keys.size() > WarmStore.MAX_OPERATIONS) {
            throw new StoreException(
                    StoreException.Kind.TOO_LARGE,
                    "A read of " + keys.size() + " keys is over the limit of " + WarmStore.MAX_OPERATIONS + ".");
        }
        keys.forEach(WarmLimits::check);
    }
}
