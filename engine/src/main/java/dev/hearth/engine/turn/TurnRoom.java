package dev.hearth.engine.turn;

import dev.hearth.engine.memory.Recollection;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.relationship.RelationshipRoom;
import dev.hearth.spi.ChatModel;
import dev.hearth.spi.Clock;
import java.time.Duration;
import java.util.List;

/** Wires the life of a turn. */
public final class TurnRoom {

    private static final Duration COMMIT_ALLOWANCE = Duration.ofSeconds(30);

    private TurnRoom() {}

    public static Turns open(
            RelationshipRoom.Parts parts,
            RelationshipRoom room,
            Companions companions,
            Users users,
            Recollection recollection,
            Afterwards afterwards,
            List<ChatModel> voices,
            TurnLimits limits) {
        Clock clock = parts.budgets().clock();
        Duration longest = limits.reply().plus(COMMIT_ALLOWANCE);
        Admission admission = new Admission(
                parts.vault(),
                room.journal(),
                room.history(),
                room.forgetting(),
                room.sessions(),
                parts.budgets(),
                parts.random(),
                longest);
        Gathering gathering = new Gathering(recollection, room.history(), limits.recall(), clock);
        Composition composition = new Composition();
        Speaking speaking = new Speaking(voices, limits.firstToken(), limits.reply(), clock);
        TurnRun run = new TurnRun(
                admission,
                gathering,
                composition,
                speaking,
                new TurnEnding(
                        new Commit(room.addresses(), room.journal(), parts.budgets(), parts.random()),
                        afterwards,
                        limits),
                afterwards,
                room.history(),
                companions,
                users,
                clock);
        OwnModel ownModel = new OwnModel(
                parts.vault(),
                room.journal(),
                admission,
                gathering,
                composition,
                afterwards,
                room.history(),
                room.sessions(),
                companions,
                users,
                parts.random(),
                clock);
        Asides asides = new Asides(ownModel, speaking, limits.price());
        return new Turns(room.addresses(), admission, run, ownModel, asides, parts.names(), longest, clock);
    }
}
