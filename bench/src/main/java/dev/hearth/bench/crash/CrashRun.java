package dev.hearth.bench.crash;

import dev.hearth.bench.child.HearthClient;
import dev.hearth.bench.child.ServerProcess;
import dev.hearth.bench.crash.Findings.Fault;
import dev.hearth.bench.world.TemporaryFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Rounds on one data folder. Each starts a server on what the killed one left, holds it against what was acknowledged,
 * repeats under its key what was not, writes anew, and kills. Every so many rounds the users change, so that histories
 * stay short; all of them are read again at the end.
 */
final class CrashRun {

    private static final String COMPANION = "bench";
    private static final int CONVERSATIONS = 6;
    private static final int ROUNDS_A_GENERATION = 10;
    private static final int TEAR_EVERY = 5;
    private static final int LEAST_MILLIS = 50;
    private static final int MOST_MILLIS = 2_000;

    private final Random random;
    private final Findings findings = new Findings();
    private final TornCopies torn;
    private final List<Conversation> earlier = new ArrayList<>();
    private List<Conversation> present = new ArrayList<>();
    private List<Conversation> founded = new ArrayList<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private int repeated;
    private int kills;

    CrashRun(long seed) {
        random = new Random(seed);
        torn = new TornCopies(findings, random);
    }

    Findings findings() {
        return findings;
    }

    TornCopies torn() {
        return torn;
    }

    int kills() {
        return kills;
    }

    /** Turns that were acknowledged, all checked at the end. */
    long acknowledged() {
        return earlier.stream().mapToLong(Conversation::acknowledgedTurns).sum();
    }

    int users() {
        return earlier.size();
    }

    /** Requests that had no answer and were sent again under their key. */
    int repeated() {
        return repeated;
    }

    /** Those of them that were refused, by the problem's code: turns that another one has overtaken have failed. */
    Map<String, Integer> refused() {
        return refused;
    }

    void run(int rounds, RoundListener listener) {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            for (int round = 0; round < rounds && findings.count(Fault.NOT_STARTED) == 0; round++) {
                round(folder, round);
                listener.ended(round + 1);
            }
            last(folder);
        }
    }

    /** Told of rounds that ended. */
    interface RoundListener {
        void ended(int rounds);
    }

    private void round(TemporaryFolder folder, int round) {
        boolean tear = round % TEAR_EVERY == TEAR_EVERY - 1;
        // Taken before a server sets right what the killed one left.
        try (TemporaryFolder tails = tear ? folder.copy() : TemporaryFolder.make();
                TemporaryFolder damaged = tear ? folder.copy() : TemporaryFolder.make();
                // Vectors are made off a turn's path and stored with later writes: a part of the rounds has them.
                ServerProcess server = ServerProcess.start(folder.path(), random.nextInt(3) == 0);
                HearthClient client = new HearthClient(server.address())) {
            client.companion(COMPANION);
            Map<Conversation, List<Heard>> intact = check(client, present);
            check(client, founded);
            if (tear) {
                torn.crashTails(tails, present);
                torn.damage(damaged, intact);
            }
            repeat(client);
            check(client, present);
            earlier.addAll(founded);
            if (round % ROUNDS_A_GENERATION == 0) {
                earlier.addAll(present);
                present = new ArrayList<>();
                for (int i = 0; i < CONVERSATIONS; i++) {
                    present.add(new Conversation(client.ensure(COMPANION, "user " + round + "/" + i)));
                }
            }
            Duration moment = Duration.ofMillis(random.nextInt(LEAST_MILLIS, MOST_MILLIS));
            founded = Writers.until(moment, server, COMPANION, round, present);
            kills++;
        } catch (ServerProcess.NotReady e) {
            findings.add(Fault.NOT_STARTED, "round " + round + ": " + e.getMessage());
        }
    }

    private Map<Conversation, List<Heard>> check(HearthClient client, List<Conversation> conversations) {
        Map<Conversation, List<Heard>> all = new LinkedHashMap<>();
        for (Conversation conversation : conversations) {
            try {
                List<Heard> heard = Heard.all(client, conversation.relationship());
                conversation.check(heard, findings);
                all.put(conversation, heard);
            } catch (Heard.Unreadable e) {
                findings.add(Fault.UNREADABLE, conversation.relationship() + ": " + e.getMessage());
            }
        }
        return all;
    }

    private void repeat(HearthClient client) {
        List<Conversation> all = new ArrayList<>(present);
        all.addAll(founded);
        for (Conversation conversation : all) {
            List<Sent> turns = new ArrayList<>(conversation.unacknowledged());
            Collections.shuffle(turns, random);
            turns.forEach(turn -> repeat(client, conversation, turn));
            for (SentImport batch : conversation.unacknowledgedImports()) {
                repeated++;
                if (client.importMessages(conversation.relationship(), batch.body())
                        .ok()) {
                    batch.acknowledge();
                }
            }
        }
    }

    /** Sends a turn again, twice at once: both must be told the same. */
    private void repeat(HearthClient client, Conversation conversation, Sent turn) {
        repeated++;
        CompletableFuture<HearthClient.Answer> other =
                CompletableFuture.supplyAsync(() -> client.turn(conversation.relationship(), turn.text, turn.key));
        HearthClient.Answer answer = client.turn(conversation.relationship(), turn.text, turn.key);
        HearthClient.Answer same = other.join();
        if (answer.ok() && same.ok()) {
            Sent.Acknowledged promise = Sent.Acknowledged.of(answer.body());
            turn.acknowledge(promise, false);
            if (!promise.equals(Sent.Acknowledged.of(same.body()))) {
                findings.add(Fault.DOUBLED, "one key was answered " + answer.body() + " and " + same.body());
            }
            return;
        }
        if (answer.ok() != same.ok()) {
            findings.add(Fault.LOST, "one key was answered " + answer.body() + " and " + same.body());
        }
        turn.refuse();
        refused.merge(answer.code(), 1, Integer::sum);
    }

    private void last(TemporaryFolder folder) {
        try (ServerProcess server = ServerProcess.start(folder.path(), false);
                HearthClient client = new HearthClient(server.address())) {
            earlier.addAll(present);
            earlier.addAll(founded);
            repeat(client);
            check(client, earlier);
        } catch (ServerProcess.NotReady e) {
            findings.add(Fault.NOT_STARTED, "at the end: " + e.getMessage());
        }
    }
}
