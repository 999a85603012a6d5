package dev.hearth.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A configuration file: YAML read as nodes, so that whatever is wrong is told by name and line. Nested keys are joined by
 * dots ({@code model.url}).
 */
final class ConfigFile {

    private static final int MAX_CHARACTERS = 1 << 20;

    private final Path file;
    private final Map<String, Value> values = new LinkedHashMap<>();

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** A value as it stands in the file. */
    record Value(String text, int line) {}

    static Map<String, Value> read(Path file) {
        ConfigFile reading = new ConfigFile(file);
        reading.compose(reading.text()).ifPresent(root -> reading.collect(root, ""));
        return reading.values;
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ConfigException("The configuration file " + file + " is not UTF-8.");
        } catch (IOException e) {
            throw new ConfigException("The configuration file " + file + " cannot be read: "
                    + (Files.exists(file) ? "it is no readable file." : "it does not exist."));
        }
    }

    private Optional<Node> compose(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MAX_CHARACTERS)
                .setParseComments(false)
                .build();
        try {
            return new Compose(settings).composeString(yaml);
        } catch (MarkedYamlEngineException e) {
            String place =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new ConfigException(
                    "The configuration file " + file + place + " is not valid YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw new ConfigException("The configuration file " + file + " is not one valid YAML document.");
        }
    }

    private void collect(Node node, String prefix) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, prefix.isEmpty() ? "the file" : prefix, "expected \"key: value\" lines");
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode keyNode)) {
                throw wrong(entry.getKeyNode(), prefix, "a key must be a plain word");
            }
            String key = prefix + keyNode.getValue();
            Node value = entry.getValueNode();
            if (ConfigKey.isGroup(key)) {
                collect(value, key + ".");
                continue;
            }
            if (ConfigKey.find(key).isEmpty()) {
                throw wrong(keyNode, "unknown key \"" + key + "\"", "known here: " + String.join(", ", known(prefix)));
            }
            if (!(value instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
                throw wrong(value, key, "expected a single value");
            }
            if (values.put(key, new Value(scalar.getValue(), line(keyNode))) != null) {
                throw wrong(keyNode, key, "the key stands twice");
            }
        }
    }

    private static SortedSet<String> known(String prefix) {
        return ConfigKey.namesUnder(prefix);
    }

    private ConfigException wrong(Node node, String what, String why) {
        return new ConfigException(
                "The configuration file " + file + ":" + line(node) + ": " + what + ": " + why + ".");
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
