package dev.hearth.client;

import dev.hearth.client.data.TurnTrace;

/** Turns by their ids. */
public final class Turns {

    private final Transport transport;

    Turns(Transport transport) {
        this.transport = transport;
    }

    /** The ledger of a turn of the last 30 days. */
    public TurnTrace get(String id) {
        return Json.read(
                transport.send(Call.of("GET", "/v1/turns/" + Call.segment(id))).body(), TurnTrace.class);
    }
}
