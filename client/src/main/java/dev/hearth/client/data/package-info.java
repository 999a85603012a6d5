/**
 * What is sent and answered, as records: the shapes of {@code docs/api/openapi.yaml}. Lists and maps are unmodifiable.
 * Fields that a newer server adds are ignored, and values that it adds to an enumeration are read as {@code UNKNOWN}.
 * Knows nothing of HTTP.
 */
@NullMarked
package dev.hearth.client.data;

import org.jspecify.annotations.NullMarked;
