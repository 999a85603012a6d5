package dev.hearth.engine.partition;

import dev.hearth.spi.StoreException;

/** A record as it came out of the store: whole, or damaged where it lay. */
public sealed interface Opened {

    String key();

    /** It is what was stored. */
    record Whole(Entry entry) implements Opened {
        @Override
        public String key() {
            return entry.key();
        }
    }

    /**
     * Its bytes are not what was stored.
     *
     * @param damage names the record and says what is wrong with it, without a user's text
     */
    record Damaged(String key, StoreException damage) implements Opened {}
}
