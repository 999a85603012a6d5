package dev.hearth.engine.persona;

import dev.hearth.engine.problem.Page;
import org.jspecify.annotations.Nullable;

/** The operator's companions. */
public interface Companions {

    /** Makes the companion, or replaces what it is. */
    Companion put(String slug, String name, Personality personality);

    /** The companion; a problem {@code not_found} where there is none. */
    Companion get(String slug);

    /** Companions by slug, ascending; {@code limit} 1 to 200. */
    Page<Companion> list(int limit, @Nullable String cursor);

    /** Takes the companion away. Its relationships stay readable, can be exported and erased, and take no turn. */
    void delete(String slug);
}
