package dev.hearth.server.command.importing;

import dev.hearth.client.HearthException;
import dev.hearth.client.RelationshipClient;
import dev.hearth.client.data.ImportResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends what is read, batch by batch, in its order. One that the server refuses by its place is left out and told. */
public final class Sender {

    private static final int BATCH_MESSAGES = 500;
    private static final int BATCH_CHARACTERS = 200_000;
    private static final Pattern PLACE = Pattern.compile("/messages/(\\d{1,4})(/.*)?");

    private final RelationshipClient relationship;
    private final Report report;
    private final List<Entry.Taken> batch = new ArrayList<>();
    private int characters;

    public Sender(RelationshipClient relationship, Report report) {
        this.relationship = relationship;
        this.report = report;
    }

    /**
     * Sends everything that a reader still holds.
     *
     * @throws Unreadable where the file cannot be read on; what was read before it has been sent
     */
    public void sendAll(HistoryReader reader, Progress progress) throws IOException {
        try {
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                report.read();
                switch (entry) {
                    case Entry.Left(long place, Reason reason) -> report.left(place, reason);
                    case Entry.Taken taken -> take(taken);
                }
                progress.at(reader.bytesRead(), report.readSoFar());
            }
        } catch (Unreadable e) {
            send();
            throw e;
        } finally {
            progress.end();
        }
        send();
    }

    private void take(Entry.Taken taken) {
        batch.add(taken);
        characters += taken.message().text().length();
        if (batch.size() >= BATCH_MESSAGES || characters >= BATCH_CHARACTERS) {
            send();
        }
    }

    private void send() {
        while (!batch.isEmpty()) {
            try {
                ImportResult result = relationship.importMessages(
                        batch.stream().map(Entry.Taken::message).toList());
                report.sent(result.imported(), result.duplicates());
                batch.clear();
                characters = 0;
            } catch (HearthException e) {
                leaveOut(e);
            }
        }
    }

    /** Takes the refused one out of the batch, or gives up where the refusal names none. */
    private void leaveOut(HearthException refusal) {
        Matcher place = PLACE.matcher(refusal.pointer() == null ? "" : refusal.pointer());
        boolean named = place.matches() && Integer.parseInt(place.group(1)) < batch.size();
        if (!named || refusal.status() >= 500) {
            throw refusal;
        }
        Entry.Taken refused = batch.remove(Integer.parseInt(place.group(1)));
        report.left(refused.place(), Reason.REFUSED);
    }
}
