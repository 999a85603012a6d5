package dev.hearth.bench.crash;

import dev.hearth.bench.child.HearthClient;
import dev.hearth.bench.child.ServerProcess;
import dev.hearth.bench.crash.Findings.Fault;
import dev.hearth.bench.world.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a killed server's folder whose files are torn. What a crash can leave must cost nothing. What only a broken
 * disk can leave may cost what it hit, and nothing else; what it costs is counted, not judged.
 */
final class TornCopies {

    private final Findings findings;
    private final Random random;
    private final Map<String, Outcomes> damage = new LinkedHashMap<>();
    private int tails;

    TornCopies(Findings findings, Random random) {
        this.findings = findings;
        this.random = random;
    }

    /** What became of users whose file was damaged. */
    static final class Outcomes {
        int times;
        int whole;
        int shortened;
        int unreadable;
    }

    /** How many files had a torn tail. */
    int tails() {
        return tails;
    }

    /** By file and damage. */
    Map<String, Outcomes> damage() {
        return damage;
    }

    /** A torn tail on every file that is appended to; everything acknowledged must be there. */
    void crashTails(TemporaryFolder copy, List<Conversation> conversations) {
        for (Path file : copy.files()) {
            String name = file.getFileName().toString();
            if (name.equals("erasures.log")) {
                Tear.HALF_LINE.apply(file, random);
                tails++;
            } else if (name.endsWith(".db-wal") || name.equals("lock")) {
                (random.nextBoolean() ? Tear.GARBAGE_AFTER_END : Tear.HALF_REPEATED).apply(file, random);
                tails++;
            } else if (name.endsWith(".db")) {
                Tear.GARBAGE_AFTER_END.apply(file, random);
                tails++;
            }
        }
        try (ServerProcess server = ServerProcess.start(copy.path(), false);
                HearthClient client = new HearthClient(server.address())) {
            for (Conversation conversation : conversations) {
                try {
                    conversation.check(Heard.all(client, conversation.relationship()), findings);
                } catch (Heard.Unreadable e) {
                    findings.add(Fault.UNREADABLE, conversation.relationship() + " with torn tails: " + e.getMessage());
                }
            }
        } catch (ServerProcess.NotReady e) {
            findings.add(Fault.NOT_STARTED, "with torn tails: " + e.getMessage());
        }
    }

    /**
     * Damages one file of each of some users; the others must not notice.
     *
     * @param intact what each conversation has in the folder that is not damaged
     */
    void damage(TemporaryFolder copy, Map<Conversation, List<Heard>> intact) {
        Map<Conversation, String> damaged = new LinkedHashMap<>();
        int turn = random.nextInt(6);
        for (Conversation conversation : intact.keySet()) {
            switch (turn++ % 6) {
                case 0 -> hit(copy, conversation, ".db-wal", Tear.CUT, damaged);
                case 1 -> hit(copy, conversation, ".db-wal", Tear.OVERWRITTEN, damaged);
                case 2 -> hit(copy, conversation, ".db", Tear.CUT, damaged);
                case 3 -> hit(copy, conversation, ".db", Tear.OVERWRITTEN, damaged);
                case 4 -> hit(copy, conversation, ".key", Tear.CUT, damaged);
                default -> {
                    // Left whole, to be unharmed by the others.
                }
            }
        }
        try (ServerProcess server = ServerProcess.start(copy.path(), false);
                HearthClient client = new HearthClient(server.address())) {
            intact.forEach((conversation, whole) -> compare(client, conversation, whole, damaged.get(conversation)));
        } catch (ServerProcess.NotReady e) {
            findings.add(Fault.NOT_STARTED, "with " + damaged.values() + ": " + e.getMessage());
        }
    }

    private void hit(
            TemporaryFolder copy,
            Conversation conversation,
            String ending,
            Tear tear,
            Map<Conversation, String> damaged) {
        copy.files().stream()
                .filter(file -> file.getFileName().toString().equals(conversation.partition() + ending))
                .filter(file -> size(file) > 0)
                .findFirst()
                .ifPresent(file -> {
                    tear.apply(file, random);
                    damaged.put(conversation, ending.substring(1) + " " + tear.words());
                });
    }

    private void compare(HearthClient client, Conversation conversation, List<Heard> whole, @Nullable String damage) {
        Outcomes outcomes = damage == null ? null : this.damage.computeIfAbsent(damage, unseen -> new Outcomes());
        try {
            List<Heard> left = Heard.all(client, conversation.relationship());
            boolean prefix = left.size() <= whole.size() && left.equals(whole.subList(0, left.size()));
            if (!prefix) {
                findings.add(Fault.REORDERED, "not a beginning of what was there, with " + damage);
            } else if (outcomes == null && left.size() < whole.size()) {
                findings.add(Fault.LOST, "by damage to another user's files");
            } else if (outcomes != null && left.size() < whole.size()) {
                outcomes.shortened++;
            } else if (outcomes != null) {
                outcomes.whole++;
            }
        } catch (Heard.Unreadable e) {
            if (outcomes == null) {
                findings.add(Fault.UNREADABLE, "by damage to another user's files: " + e.getMessage());
            } else {
                outcomes.unreadable++;
            }
        }
        if (outcomes != null) {
            outcomes.times++;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
