package dev.hearth.bench.crash;

import dev.hearth.bench.child.HearthClient;
import dev.hearth.bench.child.ServerProcess;
import dev.hearth.bench.world.SmallTalk;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Everybody who writes to a server until it is killed: turns, imports, and new users. */
final class Writers {

    private static final int IMPORT = 40;
    private static final int TRIES = 5;
    private static final int BY_EVENTS = 4;

    private final HearthClient client;
    private final String companion;
    private final String round;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ConcurrentLinkedQueue<Conversation> founded = new ConcurrentLinkedQueue<>();

    private Writers(HearthClient client, String companion, String round) {
        this.client = client;
        this.companion = companion;
        this.round = round;
    }

    /**
     * Writes to the conversations until the server has been killed after some time. Every second conversation has two
     * writers, every third an import beside them; one more writer makes users.
     *
     * @return the conversations of the users that were made
     */
    static List<Conversation> until(
            Duration killAfter, ServerProcess server, String companion, int round, List<Conversation> conversations) {
        try (HearthClient client = new HearthClient(server.address());
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Writers writers = new Writers(client, companion, "r" + round);
            for (int i = 0; i < conversations.size(); i++) {
                Conversation conversation = conversations.get(i);
                executor.execute(() -> writers.turns(conversation, "a"));
                if (i % 2 == 1) {
                    executor.execute(() -> writers.turns(conversation, "b"));
                }
                if (i % 3 == 2) {
                    executor.execute(() -> writers.imports(conversation));
                }
            }
            executor.execute(writers::users);
            Thread.sleep(killAfter);
            server.kill();
            writers.ended.set(true);
            executor.shutdown();
            return new ArrayList<>(writers.founded);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while writing.", e);
        }
    }

    private void turns(Conversation conversation, String writer) {
        while (!ended.get()) {
            if (!turn(conversation, writer)) {
                return;
            }
        }
    }

    private boolean turn(Conversation conversation, String writer) {
        int number = numbers.getAndIncrement();
        String key = round + "-" + writer + "-" + number;
        Sent sent = new Sent(writer, key, key + " " + SmallTalk.line(number));
        conversation.sent(sent);
        boolean byEvents = number % BY_EVENTS == 0;
        try {
            for (int attempt = 0; attempt < TRIES; attempt++) {
                HearthClient.Answer answer = byEvents
                        ? client.turnByEvents(conversation.relationship(), sent.text, sent.key)
                        : client.turn(conversation.relationship(), sent.text, sent.key);
                if (answer.ok()) {
                    sent.acknowledge(Sent.Acknowledged.of(answer.body()), true);
                    return true;
                }
            }
            return true;
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    private void imports(Conversation conversation) {
        try {
            while (!ended.get()) {
                int number = numbers.getAndIncrement();
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < IMPORT; i++) {
                    texts.add(round + "-i-" + number + "-" + i + " " + SmallTalk.statement(number + i));
                }
                SentImport batch = new SentImport(texts);
                conversation.sent(batch);
                if (client.importMessages(conversation.relationship(), batch.body())
                        .ok()) {
                    batch.acknowledge();
                }
            }
        } catch (UncheckedIOException gone) {
            return;
        }
    }

    private void users() {
        try {
            for (int number = 0; !ended.get(); number++) {
                Conversation conversation = new Conversation(client.ensure(companion, round + " new user " + number));
                founded.add(conversation);
                if (!turn(conversation, "a")) {
                    return;
                }
            }
        } catch (UncheckedIOException | IllegalStateException gone) {
            return;
        }
    }
}
