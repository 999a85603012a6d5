package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.Vault;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks up what lies where. Reads all of a relationship's records: for operators and for tests, on no turn's path. */
public final class Storages {

    private static final int PAGE = 100;

    private final Addresses addresses;
    private final Vault vault;
    private final Archive archive;
    private final HotCopies copies;
    private final Budgets budgets;

    Storages(Addresses addresses, Vault vault, Archive archive, HotCopies copies, Budgets budgets) {
        this.copies = copies;
        this.addresses = addresses;
        this.vault = vault;
        this.archive = archive;
        this.budgets = budgets;
    }

    /** Where the relationship's messages lie now. */
    public Storage of(String relationship) {
        try (Residents.Lease lease = addresses.lease(relationship)) {
            Resident resident = lease.resident();
            RelationshipKey key = resident.key();
            Deadline deadline = budgets.background();
            Storage.Tier warm = Storage.Tier.NOTHING;
            Map<String, ColdBlock> named = new HashMap<>();
            String from = key.prefix();
            List<Opened> page;
            do {
                page = vault.tryRange(
                        key.partition(), new Range(from, Range.after(key.prefix()), PAGE, false), deadline);
                for (Opened record : page) {
                    warm = warm.plus(messages(key, record, named), bytes(record));
                    from = record.key() + " ";
                }
            } while (page.size() == PAGE);
            Storage.Tier hot = Storage.Tier.NOTHING;
            Storage.Tier cold = Storage.Tier.NOTHING;
            long copy = copies.hotBytes(key);
            hot = copy == 0 ? hot : hot.plus(resident.index().size(), copy);
            for (ColdBlock block : named.values()) {
                cold = cold.plus(block.messages(), block.bytes());
                long held = archive.hotBytes(key, block.object());
                hot = held == 0 ? hot : hot.plus(block.messages(), held);
            }
            Storage.Tier memory = new Storage.Tier(resident.index().size(), 1, resident.bytes());
            return new Storage(memory, hot, warm, cold);
        }
    }

    private static long messages(RelationshipKey key, Opened record, Map<String, ColdBlock> named) {
        if (!record.key().startsWith(key.messages()) || !(record instanceof Opened.Whole(Entry entry))) {
            return 0;
        }
        if (ColdBlock.is(entry.bytes())) {
            ColdBlock block = Damage.read(key, record, ColdBlock::decode);
            if (block != null) {
                named.put(block.object(), block);
            }
            return block == null ? 0 : block.kept().size();
        }
        MessageBlock block = Damage.read(key, record, MessageBlock::decode);
        return block == null
                ? 0
                : block.messages().stream()
                        .filter(message -> !message.deleted())
                        .count();
    }

    private static long bytes(Opened record) {
        return record instanceof Opened.Whole(Entry entry)
                ? entry.bytes().length + Vault.OVERHEAD + record.key().length()
                : 0;
    }
}
