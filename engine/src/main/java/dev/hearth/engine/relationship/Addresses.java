package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.OpaqueNames;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.spi.Partition;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds a relationship by what an application calls it. */
public final class Addresses {

    private static final int FORMAT = 1;

    private final Vault vault;
    private final OpaqueNames names;
    private final Residents residents;
    private final Budgets budgets;

    Addresses(Vault vault, OpaqueNames names, Residents residents, Budgets budgets) {
        this.vault = vault;
        this.names = names;
        this.residents = residents;
        this.budgets = budgets;
    }

    /**
     * The relationship in memory, named by its id or by {@code companion:external_id} (split at the first colon); a
     * problem {@code not_found} where there is none.
     */
    public Residents.Lease lease(String relationship) {
        return lease(relationship, residents::lease);
    }

    /** The same for who is about to write, and finds out by that whether another process was faster: saves a read. */
    public Residents.Lease leaseToWrite(String relationship) {
        return lease(relationship, residents::leaseToWrite);
    }

    /** The relationship with this key, for who is about to write. */
    public Residents.Lease leaseToWrite(RelationshipKey key) {
        return residents.leaseToWrite(key);
    }

    private Residents.Lease lease(String relationship, Function<RelationshipKey, Residents.Lease> leasing) {
        EntityId id = EntityId.parse(EntityId.Kind.RELATIONSHIP, relationship).orElse(null);
        if (id != null) {
            return lease(leasing.apply(RelationshipKey.of(id)), id.ulid());
        }
        int colon = relationship.indexOf(':');
        if (colon > 0) {
            Partition partition = names.partition(relationship.substring(colon + 1));
            RelationshipKey key = find(partition, relationship.substring(0, colon));
            if (key != null) {
                return leasing.apply(key);
            }
        }
        throw unknown();
    }

    /** Where a relationship lies whose deletion was cut off; null where it is whole or gone. */
    @Nullable
    RelationshipKey halfDeleted(String relationship) {
        Located located = find(relationship);
        return located != null && located.head().deleted() ? located.key() : null;
    }

    /** Where a relationship lies, and its head as the store has it. */
    public record Located(RelationshipKey key, Head head) {}

    /** Finds the relationship without loading it; a problem {@code not_found} where there is none. */
    public Located locate(String relationship) {
        Located located = find(relationship);
        if (located == null || located.head().deleted()) {
            throw unknown();
        }
        return located;
    }

    private @Nullable Located find(String relationship) {
        EntityId id = EntityId.parse(EntityId.Kind.RELATIONSHIP, relationship).orElse(null);
        int colon = relationship.indexOf(':');
        RelationshipKey key = id != null
                ? RelationshipKey.of(id)
                : colon > 0
                        ? find(names.partition(relationship.substring(colon + 1)), relationship.substring(0, colon))
                        : null;
        Entry entry = key == null ? null : vault.get(key.partition(), key.head(), budgets.store());
        if (key == null || entry == null) {
            return null;
        }
        Head head = Head.decode(entry.bytes());
        return id == null || head.id().equals(id.ulid()) ? new Located(key, head) : null;
    }

    /** The relationship with this key, whatever its id. */
    public Residents.Lease lease(RelationshipKey key) {
        return residents.lease(key);
    }

    private static Residents.Lease lease(Residents.Lease lease, String ulid) {
        if (!lease.resident().head().id().equals(ulid)) {
            lease.close();
            throw unknown();
        }
        return lease;
    }

    /** The partition's relationship with a companion, or null. */
    @Nullable
    RelationshipKey find(Partition partition, String companion) {
        Entry entry = vault.get(partition, pointer(partition, companion), budgets.store());
        return entry == null
                ? null
                : new RelationshipKey(partition, (int)
                        new RecordReader(entry.bytes()).supporting(FORMAT).number());
    }

    /** Where a partition keeps the ordinal of its relationship with a companion. */
    String pointer(Partition partition, String companion) {
        return "c/" + names.term(partition, companion);
    }

    static byte[] pointTo(int ordinal) {
        return new RecordWriter(FORMAT).number(ordinal).toBytes();
    }

    static Problem unknown() {
        return Problem.notFound(
                "There is no such relationship. PUT /v1/companions/{id}/users/{external_id} makes one and"
                        + " answers its id.");
    }
}
