package dev.hearth.engine.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param data the entries
 * @param nextCursor what to ask for next, opaque; null at the end
 */
public record Page<T>(List<T> data, @Nullable String nextCursor) {

    public Page {
        data = List.copyOf(data);
    }
}
