package dev.hearth.store.s3;

import dev.hearth.spi.Partition;
import java.util.List;
import java.util.regex.Pattern;

/** How names of the contract become keys of the bucket, and back. */
final class ObjectKeys {

    private static final Pattern NAME = Pattern.compile("[a-z0-9._/-]{1,200}");
    private static final Pattern PARTITION = Pattern.compile("[a-z0-9]{1,64}");
    private static final String SUFFIX = ".o";
    /** Stands for a slash: safe in S3's keys, and no name of the contract has it. */
    private static final char SLASH = '!';

    private final String prefix;

    ObjectKeys(String prefix) {
        this.prefix = prefix;
    }

    /** What every key of the partition, and no other, begins with. */
    String folder(Partition partition) {
        return prefix + partition.name() + "/";
    }

    /** What every key of ours begins with. */
    String root() {
        return prefix;
    }

    /** The partitions whose {@link #folder}s stand among these; a bucket may have others. */
    List<Partition> partitions(List<String> folders) {
        return folders.stream()
                .map(folder -> folder.substring(prefix.length(), folder.length() - 1))
                .filter(name -> PARTITION.matcher(name).matches())
                .map(Partition::new)
                .toList();
    }

    /** The key of a name; the suffix keeps {@code .} from being a step in a path. */
    String of(Partition partition, String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new IllegalArgumentException(
                    "An object's name is 1 to 200 characters of a-z, 0-9, '.', '_', '/' and '-', without '..'.");
        }
        return beginning(partition, name) + SUFFIX;
    }

    /** What the keys of names that begin with {@code namePrefix} begin with. */
    String beginning(Partition partition, String namePrefix) {
        return folder(partition) + namePrefix.replace('/', SLASH);
    }

    static boolean isObject(String key) {
        return key.endsWith(SUFFIX);
    }

    String name(Partition partition, String key) {
        return key.substring(folder(partition).length(), key.length() - SUFFIX.length())
                .replace(SLASH, '/');
    }
}
