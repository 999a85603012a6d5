package dev.hearth.server.command.importing;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who speaks in a SillyTavern chat: as its header says, or (newer ones say "unused" there) as the first messages do. */
record ChatNames(String user, String companion) {

    private static final int LOOKED_AT = 200;

    static boolean isHeader(JsonNode node) {
        return !node.has("mes") && (node.has("chat_metadata") || (node.has("user_name") && node.has("character_name")));
    }

    /** The names in a file; the given ones where it tells none. */
    static ChatNames find(Path file, String user, String companion) throws IOException {
        String foundUser = null;
        String foundCompanion = null;
        try (BoundedLines lines = new BoundedLines(file)) {
            BoundedLines.Line line = lines.next();
            for (int i = 0; line != null && i < LOOKED_AT; i++, line = lines.next()) {
                JsonNode node = line.trouble() == null ? SillyTavernReader.object(line.text()) : null;
                if (node == null) {
                    continue;
                }
                boolean header = isHeader(node);
                boolean fromUser = node.path("is_user").asBoolean(false);
                boolean hidden = node.path("is_system").asBoolean(false);
                if (foundUser == null && (header || fromUser)) {
                    foundUser = name(node, header ? "user_name" : "name");
                }
                if (foundCompanion == null && (header || (!fromUser && !hidden))) {
                    foundCompanion = name(node, header ? "character_name" : "name");
                }
            }
        }
        return new ChatNames(foundUser == null ? user : foundUser, foundCompanion == null ? companion : foundCompanion);
    }

    private static @Nullable String name(JsonNode node, String field) {
        String name = node.path(field).asString("").strip();
        return name.isEmpty() || name.equals("unused") ? null : name;
    }
}
