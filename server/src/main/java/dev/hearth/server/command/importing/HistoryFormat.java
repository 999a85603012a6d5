package dev.hearth.server.command.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;

/** The formats that are read. */
public enum HistoryFormat {
    MEM0("mem0", "an export of Mem0"),
    SILLYTAVERN_CHAT("sillytavern-chat", "a chat of SillyTavern");

    private final String word;
    private final String description;

    HistoryFormat(String word, String description) {
        this.word = word;
        this.description = description;
    }

    /** As it is named on the command line. */
    public String word() {
        return word;
    }

    /** As it is named in a sentence. */
    public String description() {
        return description;
    }

    /** Who takes part, and how times are to be read. */
    public record Setting(String companion, String user, String userInFile, ZoneId zone, Instant now) {}

    /** Opens a file, which should have been looked at before. */
    public HistoryReader open(Path file, Setting setting) throws IOException {
        Times times = new Times(setting.zone());
        Messages messages = new Messages(setting.now());
        return switch (this) {
            case MEM0 -> new Mem0Reader(file, setting.userInFile(), times, messages);
            case SILLYTAVERN_CHAT ->
                new SillyTavernReader(file, times, messages, ChatNames.find(file, setting.user(), setting.companion()));
        };
    }

    @Override
    public String toString() {
        return word;
    }
}
