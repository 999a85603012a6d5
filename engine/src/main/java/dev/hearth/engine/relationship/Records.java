package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a relationship is loaded from: its records as they were at one revision of its head, each kind in the order of the
 * keys.
 *
 * @param uses null where nothing was used yet
 * @param analyses what is known of the words of blocks of messages, by their keys; of none or some
 */
record Records(
        Entry head,
        @Nullable Opened uses,
        List<Opened> standings,
        List<Opened> messages,
        List<Opened> vectors,
        Map<String, AnalysisBlock> analyses) {

    /** All of them but the head; null where one is damaged. */
    @Nullable
    List<Entry> whole() {
        List<Opened> all = new ArrayList<>(standings);
        all.addAll(messages);
        all.addAll(vectors);
        if (uses != null) {
            all.add(uses);
        }
        List<Entry> entries = new ArrayList<>(all.size());
        for (Opened each : all) {
            if (!(each instanceof Opened.Whole(Entry entry))) {
                return null;
            }
            entries.add(entry);
        }
        return entries;
    }
}
