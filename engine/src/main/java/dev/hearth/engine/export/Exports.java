package dev.hearth.engine.export;

import dev.hearth.engine.memory.Memories;
import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.OpaqueNames;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Page;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Head;
import dev.hearth.engine.relationship.History;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Relationships;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.turn.StoredTurns;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Exports of one user's data. Reads page by page, so that an export of any size takes little memory. */
public final class Exports {

    private static final int PAGE = 200;

    private final Vault vault;
    private final OpaqueNames names;
    private final Users users;
    private final Relationships relationships;
    private final History history;
    private final Memories memories;
    private final Budgets budgets;

    public Exports(
            Vault vault,
            OpaqueNames names,
            Users users,
            Relationships relationships,
            History history,
            Memories memories,
            Budgets budgets) {
        this.vault = vault;
        this.names = names;
        this.users = users;
        this.relationships = relationships;
        this.history = history;
        this.memories = memories;
        this.budgets = budgets;
    }

    /**
     * Everything about one user, entry by entry: the user, then each relationship with its messages, its memories
     * and its turns of the last 30 days. A problem {@code not_found}, before anything is given, where there is no such user;
     * a problem {@code internal}, after all that can be read was given, where some messages cannot.
     */
    public void export(String externalId, Consumer<ExportEntry> sink) {
        Partition partition = names.partition(externalId);
        Users.Stored user = users.find(partition);
        if (user == null) {
            throw Problem.notFound("There is no user with this external_id.");
        }
        sink.accept(new ExportEntry.OfUser(user.record().user()));
        boolean whole = true;
        for (int ordinal = 0; ordinal < user.record().nextOrdinal(); ordinal++) {
            whole &= relationship(new RelationshipKey(partition, ordinal), sink);
        }
        if (!whole) {
            throw new Problem(
                    Code.INTERNAL,
                    "Some messages of this user cannot be read: this export is not whole. The server's log names the"
                            + " records; ask again, and where that does not help restore them from a backup.");
        }
    }

    /** False where some of it cannot be read. */
    private boolean relationship(RelationshipKey key, Consumer<ExportEntry> sink) {
        Entry entry = vault.get(key.partition(), key.head(), budgets.store());
        if (entry == null) {
            return true;
        }
        Head head = Head.decode(entry.bytes());
        if (head.deleted()) {
            return true;
        }
        var view = Relationships.view(key, head);
        sink.accept(new ExportEntry.OfRelationship(view));
        boolean whole = messages(key, head, view.id(), sink);
        memories(view.id(), sink);
        each(key, key.turns(), turn -> sink.accept(new ExportEntry.OfTurn(view.id(), StoredTurns.trace(turn.bytes()))));
        return whole;
    }

    private boolean messages(RelationshipKey key, Head head, String id, Consumer<ExportEntry> sink) {
        List<StoredMessage> run = new ArrayList<>();
        boolean whole = history.each(key, message -> {
            if (message.derived()) {
                return;
            }
            run.add(message);
            if (run.size() > PAGE) {
                // One stays: how a message's turn ended shows in the message after it.
                messages(key, head, id, run, PAGE, sink);
                run.subList(0, PAGE).clear();
            }
        });
        messages(key, head, id, run, run.size(), sink);
        return whole;
    }

    private void messages(
            RelationshipKey key, Head head, String id, List<StoredMessage> run, int count, Consumer<ExportEntry> sink) {
        List<Message> views = relationships.views(key, head, run, count);
        for (int i = 0; i < views.size(); i++) {
            String external = run.get(i).externalId();
            sink.accept(new ExportEntry.OfMessage(
                    id,
                    views.get(i),
                    external == null ? "" : external,
                    run.get(i).session()));
        }
    }

    private void memories(String id, Consumer<ExportEntry> sink) {
        String cursor = null;
        do {
            Page<Memory> page = page(id, cursor);
            page.data().forEach(memory -> sink.accept(new ExportEntry.OfMemory(id, memory)));
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    private Page<Memory> page(String id, @Nullable String cursor) {
        try {
            return memories.list(id, MemoryFilter.ALL, PAGE, cursor);
        } catch (Problem problem) {
            if (problem.code() == Code.NOT_FOUND) {
                // The relationship was deleted meanwhile.
                return new Page<>(List.of(), null);
            }
            throw problem;
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
