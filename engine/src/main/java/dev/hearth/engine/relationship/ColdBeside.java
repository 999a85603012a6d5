package dev.hearth.engine.relationship;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure has to do with the cold store beside its write, so that nobody waits at the turnstile for it: objects
 * that were read before, and those that are removed after. Names of objects are never given twice, so what was read under
 * one is what an entry that names it means. For one thread.
 */
final class ColdBeside {

    private final Map<String, ColdSegment> known;
    private final List<String> replaced = new ArrayList<>();

    ColdBeside(Map<String, ColdSegment> read) {
        this.known = new HashMap<>(read);
    }

    /** What is in an object; null where that was not read. */
    @Nullable
    ColdSegment known(String object) {
        return known.get(object);
    }

    /** Says that an entry names this object now, and these no more; the entry says so of them too until they are gone. */
    void wrote(String object, ColdSegment segment, List<String> former) {
        known.put(object, segment);
        replaced.addAll(former);
    }

    /** Removes what no entry names any more; what is not to be had now goes when the relationship is next tidied. */
    void removeReplaced(RelationshipKey key, Archive archive) {
        replaced.forEach(name -> archive.tryDelete(key, name));
        replaced.clear();
    }
}
