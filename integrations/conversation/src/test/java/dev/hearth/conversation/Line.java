package dev.hearth.conversation;

import dev.hearth.client.data.Message;
import dev.hearth.client.data.Role;

/** A message of a framework that has little to say. */
record Line(String who, String text) {

    static final Speech<Line> SPEECH = new Speech<>() {
        @Override
        public Part read(Line line) {
            return switch (line.who()) {
                case "system" -> new Part.Instruction();
                case "user" -> new Part.Said(line.text());
                case "reply" -> new Part.Replied(line.text());
                case "tool" -> new Part.Passing();
                default -> new Part.Remembered();
            };
        }

        @Override
        public Line remembered(Message message) {
            return new Line(message.role() == Role.USER ? "user before" : "reply before", message.text());
        }
    };

    static Line user(String text) {
        return new Line("user", text);
    }

    static Line reply(String text) {
        return new Line("reply", text);
    }

    static Line tool(String text) {
        return new Line("tool", text);
    }

    static Line system(String text) {
        return new Line("system", text);
    }

    @Override
    public String toString() {
        return who + ": " + text;
    }
}
