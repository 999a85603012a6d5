package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Range;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads stored messages. Cost: one store read for each block that holds a wanted message. */
public final class History {

    private final Vault vault;
    private final Budgets budgets;

    History(Vault vault, Budgets budgets) {
        this.vault = vault;
        this.budgets = budgets;
    }

    /** The messages with these seqs, at most 100, deleted ones left out. One round trip. */
    public SortedMap<Long, StoredMessage> read(Resident resident, Collection<Long> seqs, Deadline deadline) {
        SortedMap<Long, StoredMessage> found = new TreeMap<>();
        RelationshipKey key = resident.key();
        List<String> blocks = seqs.stream()
                .map(seq -> resident.blocks().floor(seq))
                .filter(first -> first > 0)
                .distinct()
                .map(key::messages)
                .toList();
        if (blocks.isEmpty()) {
            return found;
        }
        Set<Long> wanted = Set.copyOf(seqs);
        for (Entry block : vault.getAll(key.partition(), blocks, deadline)) {
            for (StoredMessage message : MessageBlock.decode(block.bytes()).messages()) {
                if (!message.deleted() && wanted.contains(message.seq())) {
                    found.put(message.seq(), message);
                }
            }
        }
        return found;
    }

    /** One message, deleted ones included; null where there is none. */
    public @Nullable StoredMessage find(RelationshipKey key, long seq) {
        Entry entry = blockOf(key, seq, budgets.store());
        if (entry == null) {
            return null;
        }
        return MessageBlock.decode(entry.bytes()).messages().stream()
                .filter(message -> message.seq() == seq)
                .findFirst()
                .orElse(null);
    }

    /** Up to {@code limit} messages from {@code seq} on (inclusive), upwards or downwards, deleted ones left out. */
    public List<StoredMessage> run(RelationshipKey key, long seq, int limit, boolean ascending) {
        TreeMap<Long, StoredMessage> found = new TreeMap<>();
        String from = key.messages();
        String to = Range.after(key.messages());
        if (ascending) {
            Entry first = blockOf(key, seq, budgets.store());
            from = first == null ? from : first.key();
        } else {
            to = key.messages(seq) + " ";
        }
        while (found.size() < limit) {
            int wanted = limit - found.size();
            List<Entry> blocks = vault.range(key.partition(), new Range(from, to, wanted, !ascending), budgets.store());
            for (Entry block : blocks) {
                for (StoredMessage message : MessageBlock.decode(block.bytes()).messages()) {
                    boolean inside = ascending ? message.seq() >= seq : message.seq() <= seq;
                    if (inside && !message.deleted()) {
                        found.put(message.seq(), message);
                    }
                }
            }
            if (blocks.size() < wanted) {
                break;
            }
            if (ascending) {
                from = blocks.getLast().key() + " ";
            } else {
                to = blocks.getLast().key();
            }
        }
        return (ascending ? found : found.descendingMap())
                .values().stream().limit(limit).toList();
    }

    /** The block whose first seq is the greatest not above {@code seq}. */
    @Nullable
    Entry blockOf(RelationshipKey key, long seq, Deadline deadline) {
        Range floor = new Range(key.messages(), key.messages(seq) + " ", 1, true);
        List<Entry> found = vault.range(key.partition(), floor, deadline);
        return found.isEmpty() ? null : found.getFirst();
    }
}
