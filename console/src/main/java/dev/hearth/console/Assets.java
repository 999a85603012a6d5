package dev.hearth.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The page's files, all in memory. Which there are is fixed here, so a name can lead nowhere else. Immutable. */
public final class Assets {

    /** The file that the page begins with. */
    public static final String INDEX = "index.html";

    private static final List<String> NAMES = List.of(
            INDEX,
            "favicon.svg",
            "base.css",
            "chat.css",
            "why.css",
            "theme.js",
            "main.js",
            "api.js",
            "stream.js",
            "dom.js",
            "format.js",
            "connect.js",
            "companions.js",
            "talk.js",
            "history.js",
            "message.js",
            "turn.js",
            "voice.js",
            "panel.js",
            "why.js",
            "cost.js",
            "waterfall.js",
            "memory.js",
            "memories.js");

    private final Map<String, Asset> files;

    private Assets(Map<String, Asset> files) {
        this.files = Collections.unmodifiableMap(files);
    }

    /** One file. Immutable; every call answers bytes of its own. */
    public static final class Asset {

        private final String name;
        private final String contentType;
        private final String hash;
        private final byte[] plain;
        private final byte[] gzip;

        private Asset(String name, byte[] plain) {
            this.name = name;
            this.contentType = typeOf(name);
            this.hash = hashOf(plain);
            this.plain = plain;
            this.gzip = compressed(plain);
        }

        public String name() {
            return name;
        }

        /** The media type, with the charset where it is text. */
        public String contentType() {
            return contentType;
        }

        /** A hash of the content: 24 hexadecimal digits. */
        public String hash() {
            return hash;
        }

        public byte[] plain() {
            return plain.clone();
        }

        public byte[] gzip() {
            return gzip.clone();
        }
    }

    /** Reads every file. */
    public static Assets load() {
        Map<String, Asset> files = new LinkedHashMap<>();
        for (String name : NAMES) {
            files.put(name, new Asset(name, read(name)));
        }
        return new Assets(files);
    }

    /** The file of that name, or null where there is none. */
    public @Nullable Asset find(String name) {
        return files.get(name);
    }

    public Asset index() {
        return Objects.requireNonNull(files.get(INDEX));
    }

    public Collection<Asset> all() {
        return files.values();
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The page's file " + name + " cannot be read.", e);
        }
    }

    private static String typeOf(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("No media type is known for " + name + ".");
        };
    }

    private static String hashOf(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    private static byte[] compressed(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
