package dev.hearth.client.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a companion is to be.
 *
 * @param name 1 to 200 characters
 * @param personality an open object of at most 64 KiB, kept and answered as it came
 */
public record CompanionInput(String name, Map<String, @Nullable Object> personality) {
    public CompanionInput {
        personality = Frozen.map(personality);
    }
}
