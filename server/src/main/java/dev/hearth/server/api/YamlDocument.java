package dev.hearth.server.api;

import dev.hearth.server.http.Json;
import dev.hearth.server.http.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;

/** YAML (1.2, JSON schema) as the JSON it stands for: one document, no key twice, plain values only. */
final class YamlDocument {

    private static final int MAX_DEPTH = 100;

    private YamlDocument() {}

    static JsonNode read(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(20)
                .setParseComments(false)
                .build();
        StringBuilder json = new StringBuilder();
        try {
            append(json, new Load(settings).loadFromString(yaml), 0);
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark()
                    .map(mark -> " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw Refusal.invalid(null, "The body is not valid YAML" + place + ": " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw Refusal.invalid(null, "The body is not valid YAML: it must be one document of plain values.");
        }
        return Json.parse(json.toString());
    }

    private static void append(StringBuilder json, @Nullable Object value, int depth) {
        // An alias may stand inside of what it names: such a document has no end.
        if (depth > MAX_DEPTH || json.length() > 4_000_000) {
            throw Refusal.invalid(null, "The YAML is nested too deeply, or its aliases repeat too much.");
        }
        switch (value) {
            case null -> json.append("null");
            case Map<?, ?> map -> {
                json.append('{');
                String between = "";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    if (!(entry.getKey() instanceof String key)) {
                        throw Refusal.invalid(null, "A key of the YAML is no string. Put it in quotes.");
                    }
                    json.append(between).append(quoted(key)).append(':');
                    append(json, entry.getValue(), depth + 1);
                    between = ",";
                }
                json.append('}');
            }
            case List<?> list -> {
                json.append('[');
                String between = "";
                for (Object entry : list) {
                    json.append(between);
                    append(json, entry, depth + 1);
                    between = ",";
                }
                json.append(']');
            }
            case Boolean truth -> json.append(truth);
            case Double number
            when number.isNaN() || number.isInfinite() ->
                throw Refusal.invalid(null, "The YAML holds a number that JSON has no form for.");
            case Number number -> json.append(number);
            default -> json.append(quoted(value.toString()));
        }
    }

    private static String quoted(String text) {
        return Json.write(tools.jackson.databind.node.StringNode.valueOf(text));
    }
}
