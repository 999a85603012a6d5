package dev.hearth.stack;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** s3proxy, which speaks S3's protocol and keeps the objects as files. */
final class S3Proxy implements Service {

    static final String NAME = "s3";

    private final StackFolder folder;
    private final StackSettings settings;

    S3Proxy(StackFolder folder, StackSettings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "s3proxy";
    }

    @Override
    public List<String> command() {
        Properties properties = new Properties();
        properties.setProperty("s3proxy.endpoint", settings.address(NAME).toString());
        properties.setProperty("s3proxy.authorization", "aws-v4");
        properties.setProperty("s3proxy.identity", StackSettings.ACCESS_KEY_ID);
        properties.setProperty("s3proxy.credential", settings.secret(NAME));
        properties.setProperty("jclouds.provider", "filesystem");
        properties.setProperty("jclouds.filesystem.basedir", folder.folder(NAME).toString());
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new IllegalStateException("A string takes everything.", e);
        }
        Path file = folder.own("s3.properties");
        folder.write(file, text.toString());
        return List.of(
                Java.PROGRAM,
                Java.MARK + mark(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.gaul.s3proxy.Main",
                "--properties",
                file.toString());
    }

    @Override
    public String mark() {
        return folder.own(NAME).toString();
    }

    @Override
    public boolean answers() {
        return Java.answers(settings.address(NAME));
    }
}
