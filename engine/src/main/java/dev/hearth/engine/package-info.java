/**
 * The engine: what Hearth is, without a framework, a driver or HTTP. {@link dev.hearth.engine.Engine} is its door;
 * the rooms behind it are the design's words. Depends on {@code spi} and {@code kernel} only.
 */
@NullMarked
package dev.hearth.engine;

import org.jspecify.annotations.NullMarked;
