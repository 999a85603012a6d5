package dev.hearth.server.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where everything is kept; each tier is chosen by itself. */
public record StoresConfig(Warm warm, Hot hot, Cold cold, Vectors vectors) {

    /** All of it in the data folder and this process. */
    public static final StoresConfig EMBEDDED =
            new StoresConfig(new Warm.Sqlite(), new Hot.Memory(), new Cold.Files(), new Vectors.Exact());

    /** The system of record, with the keys and the ledger of erasures. */
    public sealed interface Warm {
        /** A file for each user in the data folder, and the keys beside them. */
        record Sqlite() implements Warm {}

        /**
         * Tables that several servers share.
         *
         * @param endpoint null for Amazon's own
         * @param keysTable for the keys and the ledger of erasures, which are backed up apart
         * @param credentials null for the default chain of Amazon's SDK
         */
        record Dynamo(
                @Nullable URI endpoint,
                String region,
                String table,
                String keysTable,
                @Nullable Credentials credentials)
                implements Warm {}
    }

    /** The cache. */
    public sealed interface Hot {
        /** In this process. */
        record Memory() implements Hot {}

        /** In Redis; the address may hold a password, and is never printed. */
        record Redis(URI url, boolean cluster, String prefix) implements Hot {
            @Override
            public String toString() {
                return "Redis[" + url.getHost() + "]";
            }
        }
    }

    /** What is old. */
    public sealed interface Cold {
        /** Files in the data folder. */
        record Files() implements Cold {}

        /**
         * Objects in a bucket.
         *
         * @param endpoint null for Amazon's own
         * @param credentials null for the default chain of Amazon's SDK
         */
        record S3(
                @Nullable URI endpoint,
                String region,
                String bucket,
                String prefix,
                boolean pathStyle,
                @Nullable Credentials credentials)
                implements Cold {}
    }

    /** Where memories are found by meaning. */
    public sealed interface Vectors {
        /** In this process, each compared. */
        record Exact() implements Vectors {}

        /**
         * In an index of Pinecone.
         *
         * @param host the index's own
         * @param apiKey never printed
         */
        record Pinecone(String host, String apiKey) implements Vectors {
            @Override
            public String toString() {
                return "Pinecone[" + host + "]";
            }
        }
    }

    /** An access key; the secret is never printed. */
    public record Credentials(String accessKeyId, String secretAccessKey) {
        @Override
        public String toString() {
            return "Credentials[hidden]";
        }
    }
}
