package dev.hearth.client;

/** Answers in the exact shapes of the API. */
final class Samples {

    static final String AT = "\"2026-05-01T10:00:00.123456789Z\"";
    static final String COMPANION = "{\"id\":\"aria\",\"name\":\"Aria\",\"personality\":{\"core_traits\":[\"warm\"],"
            + "\"style\":null},\"created_at\":" + AT + ",\"updated_at\":" + AT + "}";
    static final String USER = "{\"external_id\":\"anna\",\"display_name\":null,\"time_zone\":\"UTC\","
            + "\"flags\":[\"time_zone_unknown\"],\"locale\":null,\"age_band\":null,\"jurisdiction\":null,"
            + "\"plan\":\"free\",\"outreach\":true,\"created_at\":" + AT + ",\"updated_at\":" + AT + "}";
    static final String RECEIPT = "{\"id\":\"ers_1\",\"completed_at\":" + AT
            + ",\"stores\":[{\"store\":\"warm\",\"removed\":3,\"bytes\":4096,\"crypto_shredded\":true}],\"verified\":true}";
    static final String RELATIONSHIP = "{\"relationship_id\":\"rel_1\",\"companion\":\"aria\",\"user\":\"anna\","
            + "\"created_at\":" + AT + ",\"last_turn_at\":null,\"messages\":4,\"memories\":2}";
    static final String MESSAGE = "{\"id\":\"msg_1\",\"seq\":1,\"role\":\"user\",\"text\":\"Hi.\",\"time\":" + AT
            + ",\"turn_id\":null,\"status\":\"imported\"}";
    static final String TURN = "{\"turn_id\":\"trn_1\",\"status\":\"completed\",\"message\":{\"id\":\"msg_2\","
            + "\"text\":\"Hello.\"},\"voice\":\"offline\",\"usage\":{\"prompt_tokens\":10,\"cached_tokens\":0,"
            + "\"completion_tokens\":2,\"cost_usd\":0.5},\"degraded\":[]}";
    static final String MEMORY = "{\"memory_id\":\"mem_1\",\"kind\":\"message\",\"text\":\"My cat is Miso.\",\"time\":"
            + AT + ",\"times\":[{\"from\":" + AT + ",\"until\":\"2026-05-02T04:00:00Z\",\"zone\":\"Europe/Berlin\","
            + "\"granularity\":\"part_of_day\",\"confidence\":0.95}],\"speaker\":\"user\",\"source_external_ids\":[\"x\"],"
            + "\"source_message_ids\":[\"msg_1\"],\"turn_id\":null,\"count\":2,\"last_time\":" + AT
            + ",\"pinned\":true,\"corrected\":false,\"superseded_by\":\"mem_2\",\"supersedes\":null}";
    static final String SEARCH = "{\"hits\":[" + MEMORY.substring(0, MEMORY.length() - 1)
            + ",\"score\":0.7,\"parts\":{\"meaning\":0.7}}],\"degraded\":[],\"took_ms\":1.5,\"embed_ms\":2}";
    static final String CONTEXT = "{\"context_token\":\"t\",\"messages\":[{\"role\":\"system\",\"content\":\"c\"}],"
            + "\"max_tokens\":512,\"recalled\":[\"mem_1\"],\"sections\":[{\"name\":\"persona\",\"tokens\":1,"
            + "\"budget\":2,\"cut\":0}],\"degraded\":[]}";
    static final String TRACE = "{\"id\":\"trn_1\",\"status\":\"completed\",\"voice\":\"offline\",\"steps\":[{\"name\":"
            + "\"admit\",\"ms\":1.5,\"budget_ms\":50,\"outcome\":\"ok\"}],\"sections\":[],\"recalled\":[{\"memory_id\":"
            + "\"mem_1\",\"score\":0.5,\"parts\":{\"words\":0.5}}],\"degraded\":[\"recall\"],\"carried_over\":[],\"usage\":{\"prompt_tokens\":1,"
            + "\"cached_tokens\":0,\"completion_tokens\":2,\"cost_usd\":0}}";
    static final String STORAGE = "{\"memory\":{\"messages\":3,\"records\":1,\"bytes\":900},\"hot\":{\"messages\":0,"
            + "\"records\":0,\"bytes\":0},\"warm\":{\"messages\":3,\"records\":9,\"bytes\":800},\"cold\":{\"messages\":0,"
            + "\"records\":0,\"bytes\":0}}";
    static final String EMOTION =
            "{\"relationship_id\":\"rel_1\",\"expression\":\"calm and attentive\",\"at\":" + AT + "}";
    static final String EVENT = "{\"id\":\"evt_1\",\"type\":\"turn.completed\",\"created_at\":" + AT
            + ",\"relationship_id\":\"rel_1\",\"companion\":\"aria\",\"user\":\"anna\",\"data\":{\"turn_id\":\"trn_1\","
            + "\"message_id\":\"msg_2\",\"user_message_id\":\"msg_1\"}}";
    static final String WEBHOOK = "{\"id\":\"whk_1\",\"url\":\"https://example.org/hook?token=s3cret\",\"events\":"
            + "[\"turn.completed\",\"memory.*\"],\"description\":null,\"secret\":\"whsec_abc\",\"status\":\"active\","
            + "\"created_at\":" + AT + "}";
    static final String DELIVERY = "{\"id\":\"dlv_1\",\"event_id\":\"evt_1\",\"event_type\":\"turn.completed\","
            + "\"relationship_id\":\"rel_1\",\"state\":\"dead\",\"attempts\":5,\"last_attempt_at\":" + AT
            + ",\"last_status\":500,\"last_error\":\"e\",\"next_attempt_at\":null,\"created_at\":" + AT + "}";
    static final String KEY = "{\"id\":\"key_1\",\"name\":\"phone\",\"scope\":\"chat\",\"trusted\":false,"
            + "\"default_user\":\"anna\",\"created_at\":" + AT + ",\"key\":\"hk_new-secret\"}";
    static final String EXPORT = typed("user", USER)
            + typed("relationship", RELATIONSHIP)
            + typed("message", MESSAGE.replace("\"seq\"", "\"external_id\":\"x\",\"session\":3,\"seq\""))
            + typed("memory", MEMORY)
            + typed("turn", TRACE);

    private Samples() {}

    static String page(String... entries) {
        return "{\"data\":[" + String.join(",", entries) + "],\"next_cursor\":null}";
    }

    static String typed(String type, String object) {
        return "{\"type\":\"" + type + "\",\"relationship_id\":\"rel_1\"," + object.substring(1) + "\n";
    }

    static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    static String happened(String id) {
        return "id: " + id + "\n" + event("turn.completed", EVENT);
    }

    /** A turn as the server streams it. */
    static String streamedTurn() {
        return event("turn.started", "{\"turn_id\":\"trn_1\"}")
                + ": keep-alive\n\n"
                + event("context.ready", "{\"recalled\":[\"mem_1\"],\"degraded\":[]}")
                + event("message.delta", "{\"text\":\"Hel\"}")
                + event("message.delta", "{\"text\":\"lo.\"}")
                + event("message.completed", "{\"id\":\"msg_2\",\"text\":\"Hello.\"}")
                + event("turn.completed", TURN.substring(0, TURN.length() - 1) + ",\"replayed\":false}");
    }
}
