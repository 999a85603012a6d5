package dev.hearth.server.command.importing;

/** Why an entry is not taken. */
public enum Reason {
    NO_JSON("no JSON object"),
    TOO_LONG("line over 8 MiB"),
    NOT_UTF8("not UTF-8"),
    HIDDEN("hidden, or of the system"),
    NO_TEXT("without text"),
    TEXT_TOO_LONG("text over 32,768 characters"),
    OTHER_USER("of another user"),
    OF_AGENT("of an agent, not of a user"),
    NO_TIME("without a readable time"),
    FUTURE("time in the future"),
    REFUSED("refused by the server");

    private final String words;

    Reason(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
