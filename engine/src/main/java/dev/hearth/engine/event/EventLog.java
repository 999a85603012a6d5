package dev.hearth.engine.event;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.relationship.Head;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Relationships;
import dev.hearth.engine.relationship.StoredEvent;
import dev.hearth.spi.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the events of a relationship from the store. Safe for many threads. */
public final class EventLog {

    private final Vault vault;
    private final Budgets budgets;

    public EventLog(Vault vault, Budgets budgets) {
        this.vault = vault;
        this.budgets = budgets;
    }

    /** The relationship's head as the store has it; null where there is none (any more). */
    public @Nullable Head head(RelationshipKey key) {
        Entry entry = vault.get(key.partition(), key.head(), budgets.store());
        Head head = entry == null ? null : Head.decode(entry.bytes());
        return head == null || head.deleted() ? null : head;
    }

    /** Up to {@code limit} events with a number above {@code after}, ascending; expired ones are left out. */
    public List<Event> read(RelationshipKey key, Head head, long after, int limit) {
        Range range = new Range(key.event(after + 1), Range.after(key.events()), limit, false);
        List<Event> events = new ArrayList<>();
        for (Entry entry : vault.range(key.partition(), range, budgets.store())) {
            events.add(view(key, head, entry));
        }
        return events;
    }

    /** One event; null where it is not kept (any more). */
    public @Nullable Event find(RelationshipKey key, Head head, long number) {
        Entry entry = vault.get(key.partition(), key.event(number), budgets.store());
        return entry == null ? null : view(key, head, entry);
    }

    private static Event view(RelationshipKey key, Head head, Entry entry) {
        StoredEvent stored = StoredEvent.decode(key.partition(), entry.bytes());
        Map<String, String> ids = new LinkedHashMap<>();
        List<EntityId> named = stored.happening().ids();
        for (int i = 0; i < named.size(); i++) {
            ids.put(
                    stored.happening().type().fields().get(i).name(),
                    named.get(i).toString());
        }
        return new Event(
                key.eventNumber(entry.key()),
                stored.id().toString(),
                stored.happening().type(),
                stored.at(),
                Relationships.view(key, head).id(),
                head.companion(),
                head.user(),
                ids,
                stored.happening().count(),
                stored.happening().dropped());
    }
}
