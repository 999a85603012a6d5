package dev.hearth.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON, read strictly: well-formed UTF-8 only, no key twice, nothing after the value, no half of a surrogate pair.
 * Numbers keep every digit.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** Reads what this class wrote. */
    public static JsonNode readTrusted(String json) {
        return MAPPER.readTree(json);
    }

    static String strictUtf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.invalid(null, "The body is not valid UTF-8. Send it encoded as UTF-8.");
        }
    }

    /**
     * Reads a body.
     *
     * @throws Refusal saying where the text is not JSON
     */
    public static JsonNode parse(String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw Refusal.invalid(null, "The body is not valid JSON" + place(e.getLocation()) + ": " + reason(e));
        }
        if (root.isMissingNode()) {
            throw Refusal.invalid(null, "The body is empty. Send a JSON object.");
        }
        refuseHalfPairs(root, "");
        return root;
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String reason(JacksonException problem) {
        String message = String.valueOf(problem.getOriginalMessage());
        return Texts.shown(
                message.substring(0, message.lines().findFirst().orElse("").length()), 200);
    }

    private static void refuseHalfPairs(JsonNode node, String pointer) {
        if (node.isString() && Texts.hasHalfPair(node.stringValue())) {
            throw Refusal.invalid(
                    pointer, "The text at " + pointer + " holds half of a surrogate pair, which is no character.");
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                refuseHalfPairs(node.get(i), pointer + "/" + i);
            }
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (Texts.hasHalfPair(field.getKey())) {
                throw Refusal.invalid(null, "A field's name holds half of a surrogate pair, which is no character.");
            }
            refuseHalfPairs(field.getValue(), pointer + "/" + escape(field.getKey()));
        }
    }

    /** A field's name as a step of a JSON pointer (RFC 6901). */
    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
