package dev.hearth.server.api;

import dev.hearth.console.Assets;
import dev.hearth.console.Assets.Asset;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Route;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The web page. Needs no key to be seen; what it asks for, it asks with the key that its reader gives it. */
final class PageRoutes {

    /** Nothing inline, nothing from elsewhere, in nobody's frame, and no text that becomes markup. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private final Assets assets = Assets.load();

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/", Route.Access.OPEN, exchange -> answer(exchange, assets.index())),
                new Route(Method.GET, "/console/{file}", Route.Access.OPEN, this::file));
    }

    private void file(Exchange exchange) {
        Asset asset = assets.find(exchange.path("file"));
        if (asset == null) {
            throw new Problem(Code.NOT_FOUND, "The page has no file of this name. The page itself is at /.");
        }
        answer(exchange, asset);
    }

    private static void answer(Exchange exchange, Asset asset) {
        boolean gzip = takesGzip(exchange.header("Accept-Encoding"));
        // Two forms of one file are two entities.
        String tag = "\"" + asset.hash() + (gzip ? "-gzip\"" : "\"");
        exchange.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        exchange.setHeader("X-Content-Type-Options", "nosniff");
        exchange.setHeader("Referrer-Policy", "no-referrer");
        exchange.setHeader("Cache-Control", "no-cache");
        exchange.setHeader("Vary", "Accept-Encoding");
        exchange.setHeader("ETag", tag);
        if (names(exchange.header("If-None-Match"), tag)) {
            exchange.notModified();
            return;
        }
        if (gzip) {
            exchange.setHeader("Content-Encoding", "gzip");
        }
        exchange.bytes(asset.contentType(), gzip ? asset.gzip() : asset.plain());
    }

    private static boolean names(@Nullable String wanted, String tag) {
        return wanted != null
                && Arrays.stream(wanted.split(",", -1))
                        .map(one -> one.strip().replaceFirst("^W/", ""))
                        .anyMatch(one -> one.equals(tag) || one.equals("*"));
    }

    private static boolean takesGzip(@Nullable String encodings) {
        return encodings != null
                && Arrays.stream(encodings.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(encoding -> encoding.replace(" ", ""))
                        .anyMatch(encoding -> encoding.equals("gzip")
                                || (encoding.startsWith("gzip;q=") && !encoding.matches("gzip;q=0(\\.0*)?")));
    }
}
