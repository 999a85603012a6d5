package dev.hearth.stack;

import dev.hearth.store.dynamodb.DynamoSettings;
import dev.hearth.store.s3.S3Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** What a server reads to run on the stack. */
final class Configuration {

    private Configuration() {}

    static String of(StackFolder folder, StackSettings settings) {
        DynamoSettings table = settings.table(StackSettings.TABLE);
        S3Settings bucket = settings.bucket();
        Map<String, Object> warm = new LinkedHashMap<>();
        warm.put("kind", "dynamodb");
        warm.put("endpoint", String.valueOf(table.endpoint()));
        warm.put("region", table.region());
        warm.put("table", table.table());
        warm.put("keys_table", StackSettings.KEYS_TABLE);
        warm.put("access_key_id", Objects.requireNonNull(table.credentials()).accessKeyId());
        warm.put(
                "secret_access_key", Objects.requireNonNull(table.credentials()).secretAccessKey());
        Map<String, Object> hot = new LinkedHashMap<>();
        hot.put("kind", "redis");
        hot.put("url", settings.redis().toString());
        Map<String, Object> cold = new LinkedHashMap<>();
        cold.put("kind", "s3");
        cold.put("endpoint", String.valueOf(bucket.endpoint()));
        cold.put("region", bucket.region());
        cold.put("bucket", bucket.bucket());
        cold.put("path_style", bucket.pathStyle());
        cold.put("access_key_id", Objects.requireNonNull(bucket.credentials()).accessKeyId());
        cold.put(
                "secret_access_key",
                Objects.requireNonNull(bucket.credentials()).secretAccessKey());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("data", folder.home().resolve("server").toString());
        all.put("warm", warm);
        all.put("hot", hot);
        all.put("cold", cold);
        DumpSettings block =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return "# hearth stack up writes this file anew: copy it to change it. A model is named in the environment.\n"
                + new Dump(block).dumpToString(all);
    }
}
