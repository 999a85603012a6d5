package dev.hearth.server.stores;

import dev.hearth.server.config.Config;
import dev.hearth.server.config.ConfigException;
import dev.hearth.server.config.StoresConfig.Cold;
import dev.hearth.server.config.StoresConfig.Warm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** Where the stores of a configuration are: whether two are one, and how it is said. */
final class Places {

    private Places() {}

    static boolean same(Config one, Warm its, Config other, Warm others) {
        if (its instanceof Warm.Sqlite && others instanceof Warm.Sqlite) {
            return real(one.data()).equals(real(other.data()));
        }
        if (!(its instanceof Warm.Dynamo a && others instanceof Warm.Dynamo b) || !sameServer(a, b)) {
            return false;
        }
        boolean data = a.table().equals(b.table());
        boolean keys = a.keysTable().equals(b.keysTable());
        if (data != keys || a.table().equals(b.keysTable()) || a.keysTable().equals(b.table())) {
            throw new ConfigException("The configurations share one of the two tables and not the other: data and keys"
                    + " are moved together. Name two other tables, or the same two.");
        }
        return data;
    }

    static boolean same(Config one, Cold its, Config other, Cold others) {
        if (its instanceof Cold.Files && others instanceof Cold.Files) {
            return real(one.data()).equals(real(other.data()));
        }
        return its instanceof Cold.S3 a
                && others instanceof Cold.S3 b
                && Objects.equals(a.endpoint(), b.endpoint())
                && a.bucket().equals(b.bucket())
                && a.prefix().equals(b.prefix());
    }

    static String of(Config config) {
        String warm = switch (config.stores().warm()) {
            case Warm.Sqlite() -> "the data folder " + config.data();
            case Warm.Dynamo dynamo -> "the tables " + dynamo.table() + " and " + dynamo.keysTable();
        };
        return warm
                + switch (config.stores().cold()) {
                    case Cold.Files() ->
                        config.stores().warm() instanceof Warm.Sqlite ? "" : " and the data folder " + config.data();
                    case Cold.S3 s3 -> " and the bucket " + s3.bucket();
                };
    }

    private static boolean sameServer(Warm.Dynamo one, Warm.Dynamo other) {
        return Objects.equals(one.endpoint(), other.endpoint()) && one.region().equals(other.region());
    }

    /** Through links, where it is there. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException notThere) {
            return folder.toAbsolutePath().normalize();
        }
    }
}
