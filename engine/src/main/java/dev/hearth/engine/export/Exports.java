package dev.hearth.engine.export;

import dev.hearth.engine.memory.Memories;
import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.OpaqueNames;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Page;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Head;
import dev.hearth.engine.relationship.History;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Relationships;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.turn.StoredTurns;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Exports of one user's data. Reads page by page, so that an export of any size takes little memory. */
public final class Exports {

    private static final int PAGE = 200;
    private static final MemoryFilter FACTS = new MemoryFilter("semantic", null, null);

    private final Vault vault;
    private final OpaqueNames names;
    private final Users users;
    private final Relationships relationships;
    private final Memories memories;
    private final History history;
    private final Budgets budgets;

    public Exports(
            Vault vault,
            OpaqueNames names,
            Users users,
            Relationships relationships,
            Memories memories,
            History history,
            Budgets budgets) {
        this.vault = vault;
        this.names = names;
        this.users = users;
        this.relationships = relationships;
        this.memories = memories;
        this.history = history;
        this.budgets = budgets;
    }

    /**
     * Everything about one user, entry by entry: the user, then each relationship with its messages, the
     * facts that were made from them, and its turns of the last 30 days. A problem {@code not_found}, before anything is given, where there is no such user.
     */
    public void export(String externalId, Consumer<ExportEntry> sink) {
        Partition partition = names.partition(externalId);
        Users.Stored user = users.find(partition);
        if (user == null) {
            throw Problem.notFound("There is no user with this external_id.");
        }
        sink.accept(new ExportEntry.OfUser(user.record().user()));
        for (int ordinal = 0; ordinal < user.record().nextOrdinal(); ordinal++) {
            relationship(new RelationshipKey(partition, ordinal), sink);
        }
    }

    private void relationship(RelationshipKey key, Consumer<ExportEntry> sink) {
        Entry entry = vault.get(key.partition(), key.head(), budgets.store());
        if (entry == null) {
            return;
        }
        Head head = Head.decode(entry.bytes());
        if (head.deleted()) {
            return;
        }
        var view = Relationships.view(key, head);
        sink.accept(new ExportEntry.OfRelationship(view));
        // One behind: how a message's turn ended shows in the message after it.
        StoredMessage[] held = new StoredMessage[1];
        boolean[] derived = new boolean[1];
        history.each(key, message -> {
            if (message.derived()) {
                derived[0] = true;
                return;
            }
            message(key, head, held[0], message, sink);
            held[0] = message;
        });
        message(key, head, held[0], null, sink);
        if (derived[0]) {
            facts(view.id(), sink);
        }
        each(key, key.turns(), turn -> sink.accept(new ExportEntry.OfTurn(view.id(), StoredTurns.trace(turn.bytes()))));
    }

    private void facts(String relationship, Consumer<ExportEntry> sink) {
        String cursor = null;
        do {
            Page<Memory> page = memories.list(relationship, FACTS, PAGE, cursor);
            page.data().forEach(memory -> sink.accept(new ExportEntry.OfMemory(relationship, memory)));
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    private void message(
            RelationshipKey key,
            Head head,
            @Nullable StoredMessage message,
            @Nullable StoredMessage next,
            Consumer<ExportEntry> sink) {
        if (message != null) {
            String external = message.externalId();
            sink.accept(new ExportEntry.OfMessage(
                    Relationships.view(key, head).id(),
                    relationships.view(key, head, message, next),
                    external == null ? "" : external,
                    message.session()));
        }
    }

    private void each(RelationshipKey key, String prefix, Consumer<Entry> sink) {
        String from = prefix;
        while (true) {
            List<Entry> page =
                    vault.range(key.partition(), new Range(from, Range.after(prefix), PAGE, false), budgets.store());
            page.forEach(sink);
            if (page.size() < PAGE) {
                return;
            }
            from = page.getLast().key() + " ";
        }
    }
}
