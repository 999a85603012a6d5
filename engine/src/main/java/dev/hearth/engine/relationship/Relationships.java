package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.OpaqueNames;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.UserRecord;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Page;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.WriteOutcome;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relationships and their messages. Wherever a relationship's id is taken, {@code companion:external_id} is too (split
 * at the first colon). Safe for many threads.
 */
public final class Relationships {

    private static final Logger log = LoggerFactory.getLogger(Relationships.class);

    private static final int MAX_PAGE = 200;
    private static final int TRIES = 5;
    private static final int DELETE_BATCH = 90;

    private final Vault vault;
    private final OpaqueNames names;
    private final Users users;
    private final Companions companions;
    private final Addresses addresses;
    private final Residents residents;
    private final History history;
    private final Archive archive;
    private final HotCopies copies;
    private final MessageViews views;
    private final Importer importer;
    private final Witness witness;
    private final Budgets budgets;
    private final RandomGenerator random;

    Relationships(
            Vault vault,
            OpaqueNames names,
            Users users,
            Companions companions,
            Addresses addresses,
            Residents residents,
            History history,
            Archive archive,
            HotCopies copies,
            MessageViews views,
            Importer importer,
            Witness witness,
            Budgets budgets,
            RandomGenerator random) {
        this.vault = vault;
        this.names = names;
        this.users = users;
        this.companions = companions;
        this.addresses = addresses;
        this.residents = residents;
        this.history = history;
        this.archive = archive;
        this.copies = copies;
        this.views = views;
        this.importer = importer;
        this.witness = witness;
        this.budgets = budgets;
        this.random = random;
    }

    /** The relationship of the companion with the user; makes the user and the relationship where they are missing. */
    public Relationship ensure(String companion, String externalId) {
        companions.get(companion);
        UserRecord blank = users.blank(externalId);
        Partition partition = names.partition(externalId);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            RelationshipKey known = addresses.find(partition, companion);
            if (known != null) {
                Relationship present = live(known);
                if (present != null) {
                    return present;
                }
                sweep(known);
            }
            Relationship founded = found(partition, companion, externalId, blank);
            if (founded != null) {
                return founded;
            }
        }
        throw new Problem(Code.CONFLICT, "This user is being changed by others at the same time; send it again.");
    }

    private @Nullable Relationship found(Partition partition, String companion, String externalId, UserRecord blank) {
        Users.Stored stored = users.find(partition);
        UserRecord record = stored == null ? blank : stored.record();
        int ordinal = record.nextOrdinal();
        if (ordinal >= UserRecord.MAX_RELATIONSHIPS) {
            throw new Problem(
                    Code.CONFLICT, "This user has had 65,536 relationships, which is as many as one can have.");
        }
        Instant now = budgets.clock().now();
        RelationshipKey key = new RelationshipKey(partition, ordinal);
        EntityId id = EntityId.of(EntityId.Kind.RELATIONSHIP, partition, now, ordinal, random.nextLong());
        Head head = Head.founded(id.ulid(), companion, externalId, now);
        byte[] counted = new UserRecord(record.user(), ordinal + 1).encode();
        Batch batch = new Batch()
                .create(addresses.pointer(partition, companion), Addresses.pointTo(ordinal))
                .create(key.head(), head.encode());
        if (stored == null) {
            batch.create(UserRecord.KEY, counted);
        } else {
            batch.replace(UserRecord.KEY, stored.revision(), counted);
        }
        WriteOutcome outcome = users.store(partition, stored, batch);
        return outcome instanceof WriteOutcome.Written ? view(key, head) : null;
    }

    private @Nullable Relationship live(RelationshipKey key) {
        Entry entry = vault.get(key.partition(), key.head(), budgets.store());
        Head head = entry == null ? null : Head.decode(entry.bytes());
        return head == null || head.deleted() ? null : view(key, head);
    }

    public Relationship get(String relationship) {
        try (Residents.Lease lease = addresses.lease(relationship)) {
            return view(lease.resident());
        }
    }

    /** Deletes the relationship with everything in it. The user and their other relationships stay. */
    public void delete(String relationship) {
        RelationshipKey half = addresses.halfDeleted(relationship);
        if (half != null) {
            sweep(half);
            return;
        }
        try (Residents.Lease lease = addresses.lease(relationship)) {
            Resident resident = lease.resident();
            resident.enter(budgets.background());
            try {
                Batch hide = new Batch()
                        .replace(
                                resident.key().head(),
                                resident.revision(),
                                resident.head().asDeleted().encode());
                if (vault.write(resident.key().partition(), resident.life(), hide, budgets.store())
                        instanceof WriteOutcome.Conflict) {
                    throw new Problem(Code.CONFLICT, "The relationship changed at the same time; send it again.");
                }
                residents.forget(resident.key());
                copies.forget(resident);
                witness.after(resident.key());
                sweep(resident.key());
            } finally {
                // Whatever happened, what is in memory is no longer what the store says.
                resident.markStale();
                resident.leave();
            }
        }
    }

    /** Removes what a deleted relationship left, its head and the pointer to it last. Several may sweep at once. */
    private void sweep(RelationshipKey key) {
        Deadline deadline = budgets.background();
        Entry entry = vault.get(key.partition(), key.head(), deadline);
        if (entry == null) {
            return;
        }
        Head head = Head.decode(entry.bytes());
        // Before the entries that name them: what is cut off here is found by the next sweep.
        archive.list(key).forEach(object -> remove(key, object));
        while (true) {
            List<Opened> left = vault.tryRange(key.partition(), Range.prefix(key.prefix(), DELETE_BATCH), deadline);
            Batch batch = new Batch();
            left.stream()
                    .map(Opened::key)
                    .filter(name -> !name.equals(key.head()))
                    .forEach(batch::delete);
            if (left.size() < DELETE_BATCH) {
                // Whoever comes second finds no head: the pointer may lead to a new relationship by then.
                batch.when(key.head(), entry.revision())
                        .delete(key.head())
                        .delete(addresses.pointer(key.partition(), head.companion()));
                vault.write(key.partition(), entry.life(), batch, deadline);
                return;
            }
            vault.write(key.partition(), entry.life(), batch, deadline);
        }
    }

    private void remove(RelationshipKey key, String object) {
        if (!archive.vectors().there()) {
            archive.delete(key, object);
            return;
        }
        try {
            archive.vectors()
                    .remove(key, archive.get(key, object, budgets.background()).embedded());
        } catch (CodecException damaged) {
            log.warn("The vectors of the object {} are left, which cannot be read.", object);
        }
        archive.delete(key, object);
    }

    /** Messages by their seq; {@code limit} 1 to 200. */
    public Page<Message> messages(String relationship, int limit, @Nullable String cursor, boolean ascending) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw Problem.invalid("limit is 1 to 200.");
        }
        try (Residents.Lease lease = addresses.lease(relationship)) {
            RelationshipKey key = lease.resident().key();
            Head head = lease.resident().head();
            long from = cursor == null ? (ascending ? 1 : Math.max(1, head.nextSeq() - 1)) : seq(cursor);
            List<StoredMessage> run = history.said(key, from, limit + 1, ascending);
            List<Message> page = views.of(key, head, run, limit);
            String next = run.size() > limit ? Long.toString(run.get(limit).seq(), 36) : null;
            return new Page<>(page, next);
        }
    }

    /**
     * Takes over messages of another history, in the order given, up to 1,000. What was imported before is counted as
     * a duplicate. Searchable when this returns. Triggers no turn, no feeling and no outreach.
     */
    public ImportResult importMessages(String relationship, List<Imported> messages) {
        return importer.run(relationship, messages);
    }

    /**
     * Stored messages as their owner sees them.
     *
     * @param run in the order of their seqs; one more than is wanted saves a read
     * @param count how many of them, from the first, are wanted
     */
    public List<Message> views(RelationshipKey key, Head head, List<StoredMessage> run, int count) {
        return views.of(key, head, run, count);
    }

    private static long seq(String cursor) {
        try {
            return Math.max(1, Long.parseLong(cursor, 36));
        } catch (NumberFormatException e) {
            throw Problem.invalid("cursor is not one that this list answered. Leave it out to begin again.");
        }
    }

    private static Relationship view(Resident resident) {
        return view(resident.key(), resident.head());
    }

    /** A relationship as its owner sees it. */
    public static Relationship view(RelationshipKey key, Head head) {
        String id = EntityId.parseUlid(EntityId.Kind.RELATIONSHIP, key.partition(), head.id())
                .orElseThrow(() -> new IllegalStateException("A relationship's head has a broken id."))
                .toString();
        return new Relationship(
                id,
                head.companion(),
                head.user(),
                head.createdAt(),
                head.lastTurnAt(),
                head.messages(),
                head.memories());
    }
}
