package dev.hearth.engine.relationship;

import dev.hearth.engine.memory.StatedSignificance;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Erasures;
import dev.hearth.engine.partition.OpaqueNames;
import dev.hearth.engine.partition.SoleWork;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.persona.Companion;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.persona.Personality;
import dev.hearth.spi.ColdStore;
import dev.hearth.testkit.ManualClock;
import dev.hearth.testkit.MemoryErasureLedger;
import dev.hearth.testkit.MemoryHotStore;
import dev.hearth.testkit.MemoryKeys;
import dev.hearth.testkit.MemoryLeases;
import dev.hearth.testkit.MemoryWarmStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The room of relationships on stores in memory, without a node around it and with one user's history, which is cold. */
final class Room implements AutoCloseable {

    private static final Instant START = Instant.parse("2025-03-01T10:00:00Z");

    final ManualClock clock = ManualClock.at("2026-05-04T09:00:00Z");
    final String relationship;
    Residents residents;
    RelationshipRoom relationships;
    private final long mostBrought;
    private final Budgets budgets = new Budgets(clock);
    private final MemoryKeys keys = new MemoryKeys(7);
    private final Vault vault = new Vault(new MemoryWarmStore(clock), keys, new Random(7));
    private final RelationshipRoom.Parts parts;
    private HotCopies copies;

    /**
     * Nothing works in the background.
     *
     * @param messages how many there are, "Topic number 0 was on the table." and on
     * @param mostBrought as {@link Residents} takes it
     */
    Room(ColdStore cold, int messages, long mostBrought) {
        this.mostBrought = mostBrought;
        Random random = new Random(8);
        parts = new RelationshipRoom.Parts(
                vault,
                new OpaqueNames(keys, "default"),
                budgets,
                random,
                null,
                new MemoryHotStore(clock),
                new SoleWork(new MemoryLeases(clock), false, random, budgets),
                cold,
                null,
                new StatedSignificance(),
                // Without a hot store every read of something cold is one of the cold store.
                new Tiers(Duration.ZERO, Tiers.DEFAULT.warm(), Tiers.DEFAULT.significance()));
        copies = RelationshipRoom.copies(parts);
        residents = residents();
        relationships = open();
        relationship = relationships.relationships().ensure("aria", "anna").id();
        List<Imported> history = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            history.add(new Imported(
                    "m-" + i,
                    Message.Role.USER,
                    null,
                    null,
                    "Topic number " + i + " was on the table.",
                    START.plusSeconds(60L * i)));
        }
        relationships.relationships().importMessages(relationship, history);
        clock.advance(Duration.ofDays(91));
        int ignored = relationships.tiering().tidy(relationship);
        close();
    }

    private Residents residents() {
        return new Residents(
                new Loader(vault, budgets, 0, "", copies), Long.MAX_VALUE, mostBrought, (resident, unembedded) -> {});
    }

    private RelationshipRoom open() {
        Companions companions = new Companions(vault, budgets);
        Companion ignored =
                companions.put("aria", "Aria", new Personality(List.of("warm"), "", List.of(), List.of(), "{}"));
        Erasures erasures = new Erasures(
                new MemoryWarmStore(clock),
                parts.hot(),
                parts.cold(),
                keys,
                new MemoryErasureLedger(),
                null,
                vault,
                budgets,
                parts.random(),
                partition -> residents.forget(partition));
        return RelationshipRoom.open(
                parts,
                copies,
                residents,
                new Sessions(Duration.ofMinutes(30)),
                new Users(vault, parts.names(), erasures, budgets),
                companions,
                Witness.NOBODY,
                bytes -> Message.Status.COMPLETED);
    }

    /** Moves between the tiers what can be moved, as another process would. */
    void tidyElsewhere() {
        copies = RelationshipRoom.copies(parts);
        residents = residents();
        relationships = open();
        int ignored = relationships.tiering().tidy(relationship);
        close();
    }

    Residents.Lease lease() {
        return relationships.addresses().lease(relationship);
    }

    @Override
    public void close() {
        relationships.tiering().close();
        relationships.folding().close();
        copies.close();
    }
}
