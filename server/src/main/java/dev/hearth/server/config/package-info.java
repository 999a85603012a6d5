/**
 * What an operator may set: one YAML file, a few environment variables, a few flags; later ones win. Every key is in
 * {@code docs/configuration.md}. Knows no engine and no HTTP.
 */
@NullMarked
package dev.hearth.server.config;

import org.jspecify.annotations.NullMarked;
