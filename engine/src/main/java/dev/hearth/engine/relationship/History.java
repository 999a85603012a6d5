package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.Vault;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads stored messages, from single blocks and from segments alike, also while blocks are folded into segments. Cost:
 * one store read for each block that holds a wanted message, and one of the cold store where that was put away. What is
 * damaged is left out, and the log names it.
 */
public final class History {

    private static final int PAGE = 200;

    /** Few at first: they may be segments. More where they were not. */
    private static final int FIRST_BLOCKS = 4;

    private static final int MORE_BLOCKS = 4;

    private final Vault vault;
    private final Blocks blocks;
    private final Budgets budgets;

    History(Vault vault, Blocks blocks, Budgets budgets) {
        this.vault = vault;
        this.blocks = blocks;
        this.budgets = budgets;
    }

    /** The messages with these seqs, at most 100, deleted ones left out. One round trip where nothing is folded meanwhile. */
    public SortedMap<Long, StoredMessage> read(Resident resident, Collection<Long> seqs, Deadline deadline) {
        SortedMap<Long, StoredMessage> found = new TreeMap<>();
        RelationshipKey key = resident.key();
        Set<Long> wanted = new HashSet<>(seqs);
        for (long seq : seqs) {
            StoredMessage here = resident.cold().message(seq);
            if (here != null && wanted.remove(seq) && !here.deleted()) {
                found.put(seq, here);
            }
        }
        List<String> starts = new ArrayList<>();
        for (String start : starts(resident, wanted).toList()) {
            byte[] block = resident.records().block(start);
            if (block == null) {
                starts.add(start);
            } else {
                take(resident, new Opened.Whole(new Entry(start, 1, block, resident.life())), wanted, found, deadline);
            }
        }
        if (starts.isEmpty()) {
            return found;
        }
        List<Opened> opened = vault.tryAll(key.partition(), starts, deadline);
        opened.forEach(block -> take(resident, block, wanted, found, deadline));
        // What is left was folded in between: the segment it is in now lies at or below its block's key.
        for (long seq : List.copyOf(wanted)) {
            Opened block = wanted.contains(seq) ? tryBlockOf(key, seq, deadline) : null;
            if (block != null) {
                take(resident, block, wanted, found, deadline);
            }
        }
        return found;
    }

    private static Stream<String> starts(Resident resident, Set<Long> seqs) {
        return seqs.stream()
                .map(seq -> resident.blocks().floor(seq))
                .filter(first -> first > 0)
                .distinct()
                .map(resident.key()::messages);
    }

    private void take(
            Resident resident,
            Opened block,
            Set<Long> wanted,
            SortedMap<Long, StoredMessage> found,
            Deadline deadline) {
        List<StoredMessage> messages = read(resident.key(), block, wanted::contains, deadline);
        if (messages == null) {
            long damaged = resident.key().firstSeq(block.key());
            wanted.removeIf(seq -> resident.blocks().floor(seq) == damaged);
            resident.markDamaged();
            return;
        }
        for (StoredMessage message : messages) {
            wanted.remove(message.seq());
            if (!message.deleted()) {
                found.put(message.seq(), message);
            }
        }
    }

    /** One message, deleted ones included; null where there is none. */
    public @Nullable StoredMessage find(RelationshipKey key, long seq) {
        Entry entry = blockOf(key, seq, budgets.store());
        if (entry == null) {
            return null;
        }
        try {
            return blocks.read(key, entry.key(), entry.bytes(), each -> each == seq, budgets.background()).stream()
                    .findFirst()
                    .orElse(null);
        } catch (CodecException damage) {
            throw Damage.problem(damage);
        }
    }

    /** The wanted messages of a block; null where it is damaged. */
    private @Nullable List<StoredMessage> read(
            RelationshipKey key, Opened block, LongPredicate wanted, Deadline deadline) {
        return Damage.read(key, block, bytes -> blocks.read(key, block.key(), bytes, wanted, deadline));
    }

    /** The same where a damaged message counts as none. */
    @Nullable
    StoredMessage tryFind(RelationshipKey key, long seq) {
        Opened block = tryBlockOf(key, seq, budgets.store());
        List<StoredMessage> found = block == null ? null : read(key, block, each -> each == seq, budgets.background());
        return found == null || found.isEmpty() ? null : found.getFirst();
    }

    /**
     * Every message in order, facts that were derived among them, page by page, deleted ones left out.
     *
     * @return whether that is all; false where some could not be read
     */
    public boolean each(RelationshipKey key, Consumer<StoredMessage> sink) {
        AtomicBoolean whole = new AtomicBoolean(true);
        long seq = 1;
        List<StoredMessage> page;
        do {
            page = run(key, seq, PAGE, true, any -> true, () -> whole.set(false));
            page.forEach(sink);
            seq = page.isEmpty() ? seq : page.getLast().seq() + 1;
        } while (page.size() == PAGE);
        return whole.get();
    }

    /** Up to {@code limit} messages from {@code seq} on (inclusive), upwards or downwards, deleted ones left out. */
    public List<StoredMessage> run(RelationshipKey key, long seq, int limit, boolean ascending) {
        return run(key, seq, limit, ascending, any -> true);
    }

    /** The same of what was said: facts that were derived from it are left out. */
    public List<StoredMessage> said(RelationshipKey key, long seq, int limit, boolean ascending) {
        return run(key, seq, limit, ascending, message -> !message.derived());
    }

    private List<StoredMessage> run(
            RelationshipKey key, long seq, int limit, boolean ascending, Predicate<StoredMessage> shown) {
        return run(key, seq, limit, ascending, shown, () -> {});
    }

    private List<StoredMessage> run(
            RelationshipKey key,
            long seq,
            int limit,
            boolean ascending,
            Predicate<StoredMessage> shown,
            Runnable unreadable) {
        TreeMap<Long, StoredMessage> found = new TreeMap<>();
        String from = key.messages();
        String to = ascending ? Range.after(key.messages()) : key.messages(seq) + " ";
        long next = seq;
        int blocksAPage = FIRST_BLOCKS;
        while (found.size() < limit) {
            Opened floor = ascending ? tryBlockOf(key, next, budgets.store()) : null;
            if (ascending) {
                // By seq, not by key: what was read may have been folded together with what comes next.
                from = floor == null ? key.messages() : floor.key();
            }
            int wanted = Math.min(blocksAPage, limit - found.size() + 1);
            List<Opened> page =
                    vault.tryRange(key.partition(), new Range(from, to, wanted, !ascending), budgets.store());
            if (floor != null && (page.isEmpty() || !page.getFirst().key().equals(floor.key()))) {
                // It was folded into one below between the two reads.
                continue;
            }
            blocksAPage *= MORE_BLOCKS;
            for (Opened block : page) {
                if (found.size() >= limit) {
                    break;
                }
                List<StoredMessage> messages =
                        read(key, block, each -> ascending ? each >= seq : each <= seq, budgets.background());
                next = Math.max(next, key.firstSeq(block.key()) + 1);
                if (messages == null) {
                    unreadable.run();
                }
                if (messages != null && !messages.isEmpty()) {
                    next = Math.max(next, messages.getLast().seq() + 1);
                    messages.stream()
                            .filter(message -> !message.deleted() && shown.test(message))
                            .forEach(message -> found.put(message.seq(), message));
                }
            }
            if (page.size() < wanted) {
                break;
            }
            to = ascending ? to : page.getLast().key();
        }
        return (ascending ? found : found.descendingMap())
                .values().stream().limit(limit).toList();
    }

    /** The block whose first seq is the greatest not above {@code seq}. */
    @Nullable
    Entry blockOf(RelationshipKey key, long seq, Deadline deadline) {
        List<Entry> found = vault.range(key.partition(), floor(key, seq), deadline);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The same where it may be damaged. */
    @Nullable
    Opened tryBlockOf(RelationshipKey key, long seq, Deadline deadline) {
        List<Opened> found = vault.tryRange(key.partition(), floor(key, seq), deadline);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static Range floor(RelationshipKey key, long seq) {
        return new Range(key.messages(), key.messages(seq) + " ", 1, true);
    }
}
