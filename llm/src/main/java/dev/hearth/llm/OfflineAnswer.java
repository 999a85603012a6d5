package dev.hearth.llm;

import dev.hearth.spi.ChatReply.Finish;
import dev.hearth.spi.Grounding;
import dev.hearth.spi.Grounding.Remembered;
import java.util.ArrayList;
import java.util.List;

/** Composes what the offline voice says: phrases of a manner around verbatim quotations, in the room there is. */
final class OfflineAnswer {

    private static final List<String> FOLLOW_UPS =
            List.of("How did that come about?", "What happened then?", "Would you like to say more about it?");
    private static final List<String> SOBER = List.of(
            "That sounds hard. Thank you for telling me.",
            "That is a lot to carry. I'm listening.",
            "That is painful. Take the time you need.");
    private static final String NEAREST = "The nearest I can find is this.";
    private static final String CRISIS =
            "Thank you for telling me. I can't help the way a person can: please call your local emergency"
                    + " number or a crisis line now, or reach someone you trust. You don't have to be alone with this.";

    private final Grounding grounding;
    private final Manner manner;
    private final Recollection recollection;
    private final int room;

    private OfflineAnswer(Grounding grounding, int room) {
        this.grounding = grounding;
        this.manner = Manner.of(grounding);
        this.recollection = new Recollection(grounding);
        this.room = room;
    }

    /** A reply and whether it had to be cut. */
    record Composed(String text, Finish finish) {}

    /** The reply, at most {@code room} characters of it. */
    static Composed to(Grounding grounding, int room) {
        String text = new OfflineAnswer(grounding, room).text();
        if (text.length() <= room) {
            return new Composed(text, Finish.STOP);
        }
        return new Composed(Quotation.cut(text, Math.max(1, room - 1)) + "…", Finish.LENGTH);
    }

    private String text() {
        return switch (Intent.of(grounding.message(), grounding.companion())) {
            case EMPTY -> "I'm here.";
            case GREETING -> greeting();
            case THANKS -> pick(manner.welcomes());
            case FAREWELL -> pick(manner.farewells());
            case ASKS_HOW -> "I'm here and listening. How are you?";
            case ASKS_WHO ->
                name()
                        + ", in the offline voice: no language model is connected, so I can only bring back what you told me.";
            case QUESTION -> answer();
            case CRISIS -> CRISIS;
            case HEAVY -> pick(SOBER);
            case STATEMENT -> statement();
        };
    }

    /** A greeting of the companion's own where its author wrote one. */
    private String greeting() {
        List<String> own = grounding.exampleLines().stream()
                .filter(line -> line.length() <= 120 && line.indexOf('{') < 0 && line.indexOf('<') < 0)
                .filter(Intent::opensWithGreeting)
                .toList();
        if (!own.isEmpty()) {
            return Quotation.flat(pick(own));
        }
        String user = grounding.user() == null ? "" : Quotation.cut(Quotation.flat(grounding.user()), 40);
        return pick(manner.greetings()).replace("%s", user.isEmpty() ? "" : ", " + user);
    }

    private String answer() {
        List<Remembered> answers = recollection.answers();
        if (!answers.isEmpty()) {
            return fitting(recollection.sure() ? pick(manner.known()) : NEAREST, answers);
        }
        boolean tellsToo = !Intent.isOnlyQuestion(grounding.message());
        return tellsToo ? statement() : pick(manner.unknown());
    }

    private String statement() {
        String acknowledged = pick(manner.acknowledged());
        List<Remembered> connected = recollection.connected();
        if (!connected.isEmpty()) {
            Remembered earlier = connected.getFirst();
            String when = Ago.of(earlier.said(), grounding.at());
            String lead = when.isEmpty() ? "You also told me: " : capital(when) + " you told me: ";
            String full =
                    acknowledged + " " + lead + Quotation.of(earlier.text(), recollection.about(), Quotation.LONGEST);
            if (full.length() <= room) {
                return full;
            }
        }
        String followUp = acknowledged + " " + pick(FOLLOW_UPS);
        boolean asks = !manner.terse() && choice() % 2 == 0 && !Words.foreign(grounding.message());
        return asks && connected.isEmpty() && followUp.length() <= room ? followUp : acknowledged;
    }

    /** As many quotations as there is room for; at the least a shortened one. */
    private String fitting(String opening, List<Remembered> answers) {
        for (int count = answers.size(); count > 0; count--) {
            String text = opening + " " + quoted(answers.subList(0, count), Quotation.LONGEST);
            if (text.length() <= room) {
                return text;
            }
        }
        List<Remembered> newest = answers.subList(0, 1);
        int around = quoted(newest, 0).length();
        return quoted(newest, Math.clamp(room - around, 20, Quotation.LONGEST));
    }

    private String quoted(List<Remembered> answers, int longest) {
        List<String> parts = new ArrayList<>();
        String before = null;
        for (Remembered answer : answers) {
            String when = Ago.of(answer.said(), grounding.at());
            String who = who(answer);
            String lead;
            if (before == null) {
                lead = who + when(answer) + ": ";
            } else if (when.equals(before)) {
                lead = "And also: ";
            } else {
                lead = when.isEmpty() ? "And: " : "Before that, " + when + ": ";
            }
            before = when;
            parts.add(lead + Quotation.of(answer.text(), recollection.about(), longest));
        }
        return String.join(" ", parts);
    }

    private String who(Remembered said) {
        if (said.byUser()) {
            return "You told me";
        }
        boolean self = said.speaker().isBlank() || said.speaker().equalsIgnoreCase(grounding.companion());
        return self ? "I said" : Quotation.cut(Quotation.flat(said.speaker()), 40) + " said";
    }

    private String when(Remembered said) {
        String when = Ago.of(said.said(), grounding.at());
        return when.isEmpty() ? "" : " " + when;
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private String name() {
        String name = Quotation.cut(Quotation.flat(grounding.companion()), 60);
        return name.isEmpty() ? "This is a companion" : "This is " + name;
    }

    private String pick(List<String> phrases) {
        return phrases.get(choice() % phrases.size());
    }

    /** The same for the same turn, another one as the conversation goes on. */
    private int choice() {
        int hash = (grounding.message()
                        + '\n'
                        + grounding.companion()
                        + '\n'
                        + grounding.history().size())
                .hashCode();
        return (hash ^ (hash >>> 15)) & Integer.MAX_VALUE;
    }
}
