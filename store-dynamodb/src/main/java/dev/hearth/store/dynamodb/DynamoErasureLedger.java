package dev.hearth.store.dynamodb;

import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Erasure;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.ErasureLine;
import dev.hearth.spi.Item;
import dev.hearth.spi.Range;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.Write;
import dev.hearth.spi.WriteOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The erasure ledger in the keys' table: rows numbered from 1, each a line with its checksum. An append takes the next
 * number by a conditional write, so that several servers' entries stand in one order. Entries are read page by page; a
 * damaged one is {@code CORRUPT}: a server that forgot an erasure would serve what was erased. A call has
 * {@value #CALL_SECONDS} seconds.
 */
public final class DynamoErasureLedger implements ErasureLedger {

    static final int CALL_SECONDS = 30;

    /** No partition has such a name. */
    private static final String LEDGER = "#erasures";

    private static final int DIGITS = 19;
    private static final String FIRST = "0";
    private static final String END = ":";

    private final Table table;
    private final Clock clock;

    private DynamoErasureLedger(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * Opens the ledger in the table of the {@link DynamoKeys}, which exists.
     *
     * @throws StoreException where the table is missing or has another shape
     */
    public static DynamoErasureLedger open(DynamoSettings settings, Clock clock) {
        return open(Table.connect(settings, clock), clock);
    }

    static DynamoErasureLedger open(Table table, Clock clock) {
        try {
            DynamoErasureLedger ledger = new DynamoErasureLedger(table, clock);
            DynamoTables.check(table, ledger.soon(), false);
            return ledger;
        } catch (RuntimeException failed) {
            table.close();
            throw failed;
        }
    }

    @Override
    public void append(Erasure erasure) {
        byte[] line = ErasureLine.format(erasure);
        Deadline deadline = soon();
        WriteOutcome outcome;
        do {
            List<Item> last = table.query(LEDGER, new Range(FIRST, END, 1, true), deadline);
            long number = last.isEmpty() ? 1 : Long.parseLong(last.getFirst().key()) + 1;
            String key = key(number);
            Write write = new Write(
                    List.of(new Write.Condition.Absent(key)),
                    List.of(new Write.Operation.Put(key, number, line, null)));
            outcome = table.transact(LEDGER, write, deadline);
        } while (outcome instanceof WriteOutcome.Conflict);
    }

    @Override
    public List<Erasure> entries() {
        List<Erasure> entries = new ArrayList<>();
        for (Item item : table.query(LEDGER, new Range(FIRST, END, Integer.MAX_VALUE, false), soon())) {
            Erasure erasure = ErasureLine.parse(new String(item.value(), StandardCharsets.ISO_8859_1).stripTrailing());
            if (erasure == null || item.revision() != entries.size() + 1) {
                throw new StoreException(
                        StoreException.Kind.CORRUPT,
                        "Entry " + (entries.size() + 1) + " of the erasure ledger in the table " + table.place()
                                + " is damaged or missing, so it is not known what was erased. Restore the table from "
                                + "its backup before this server serves.");
            }
            entries.add(erasure);
        }
        return List.copyOf(entries);
    }

    @Override
    public void close() {
        table.close();
    }

    private static String key(long number) {
        String digits = Long.toString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    private Deadline soon() {
        return Deadline.after(clock, Duration.ofSeconds(CALL_SECONDS));
    }
}
