package dev.hearth.server.command.migrating;

import dev.hearth.MigrationNotes;
import dev.hearth.server.stores.Side;
import dev.hearth.spi.CopyableColdStore;
import dev.hearth.spi.CopyableKeys;
import dev.hearth.spi.CopyableWarmStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Erasure;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.Write;
import dev.hearth.testkit.ManualClock;
import dev.hearth.testkit.MemoryColdStore;
import dev.hearth.testkit.MemoryErasureLedger;
import dev.hearth.testkit.MemoryKeys;
import dev.hearth.testkit.MemoryWarmStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** An installation in memory, and what may happen to it. */
final class House {

    static final long OPERATOR = 7;
    static final List<Partition> USERS =
            IntStream.range(0, 6).mapToObj(i -> new Partition("user" + i)).toList();

    final ManualClock clock;
    final MemoryWarmStore warm;
    final MemoryColdStore cold = new MemoryColdStore();
    final MemoryKeys keys;
    final MemoryErasureLedger erasures = new MemoryErasureLedger();
    private int receipts;

    House(ManualClock clock) {
        this(clock, OPERATOR);
    }

    House(ManualClock clock, long operator) {
        this.clock = clock;
        this.warm = new MemoryWarmStore(clock);
        this.keys = new MemoryKeys(operator);
    }

    /** One that was served: the operator's own partition, some users, one of them erased. */
    static House lived(ManualClock clock, Random random) {
        House house = new House(clock);
        house.write(Partition.SYSTEM, random, 12);
        for (Partition user : USERS.subList(0, 4)) {
            house.write(user, random, 1 + random.nextInt(30));
        }
        house.write(USERS.get(0), random, 230);
        house.write(USERS.get(4), random, 5);
        house.erase(USERS.get(4));
        return house;
    }

    Side side(String place) {
        return new Side(place, warm, cold, keys, erasures);
    }

    static Move move(Side from, Side to, ManualClock clock) {
        return new Move(from, to, true, true, clock);
    }

    /** Records and objects, some of which replace earlier ones, end soon, or are removed. */
    void write(Partition partition, Random random, int changes) {
        PartitionKey ignored = keys.findOrCreate(partition);
        for (int i = 0; i < changes; i++) {
            String key = "k/" + random.nextInt(300);
            byte[] value = new byte[random.nextInt(40) == 0 ? 300_000 : random.nextInt(300)];
            random.nextBytes(value);
            Instant end = random.nextInt(4) == 0 ? clock.now().plusSeconds(random.nextInt(3_000)) : null;
            Write.Operation change = random.nextInt(5) == 0
                    ? new Write.Operation.Delete(key)
                    : new Write.Operation.Put(key, 1 + random.nextInt(9), value, end);
            warm.write(partition, new Write(List.of(), List.of(change)), soon());
        }
        boolean fresh = cold.putIfAbsent(partition, "s/" + random.nextInt(9), new byte[random.nextInt(50)], soon());
        if (!fresh) {
            cold.delete(partition, "s/" + random.nextInt(9), soon());
        }
    }

    void erase(Partition partition) {
        PartitionKey key = keys.find(partition);
        Erasure erasure = new Erasure(
                "era_" + receipts++, partition, key == null ? 0 : key.id(), clock.now(), Erasure.Step.STARTED);
        erasures.append(erasure);
        boolean ignored = keys.destroy(partition);
        warm.drop(partition, soon());
        cold.drop(partition, soon());
        erasures.append(new Erasure(erasure.id(), partition, erasure.keyId(), clock.now(), Erasure.Step.COMPLETED));
    }

    /** A few turns of life: users come, write, are erased, come back. */
    void live(Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            Partition user = USERS.get(random.nextInt(USERS.size()));
            if (random.nextInt(3) == 0) {
                erase(user);
            } else {
                write(user, random, 1 + random.nextInt(6));
            }
        }
    }

    MigrationNotes notes() {
        return MigrationNotes.in(warm, clock);
    }

    /** Everything, read by other calls than the migration makes. */
    SortedMap<String, String> dump() {
        SortedMap<String, String> dump = new TreeMap<>();
        for (Partition partition : Move.sorted(all())) {
            byte[] key = keys.wrapped(partition);
            if (key != null) {
                dump.put(partition + " key", HexFormat.of().formatHex(key));
            }
            for (Write.Operation.Put put : warm.copies(partition, "", Integer.MAX_VALUE, soon())) {
                dump.put(
                        partition + " record " + put.key(),
                        put.revision() + " " + put.expiresAt() + " " + Arrays.hashCode(put.value()));
            }
            for (String name : cold.list(partition, "", soon())) {
                dump.put(partition + " object " + name, Arrays.toString(cold.get(partition, name, soon())));
            }
        }
        dump.put("erasures", erasures.entries().toString());
        return dump;
    }

    private List<Partition> all() {
        List<Partition> all = new ArrayList<>(warm.partitions(soon()));
        all.addAll(keys.partitions(soon()));
        all.addAll(cold.partitions(soon()));
        all.remove(MigrationNotes.PARTITION);
        return all;
    }

    Deadline soon() {
        return Deadline.after(clock, Duration.ofSeconds(30));
    }

    /** The same stores, each call of which passes by the killer first. */
    Side side(Killer killer) {
        return new Side(
                "the target",
                killer.before(CopyableWarmStore.class, warm),
                killer.before(CopyableColdStore.class, cold),
                killer.before(CopyableKeys.class, keys),
                killer.before(ErasureLedger.class, erasures));
    }
}
