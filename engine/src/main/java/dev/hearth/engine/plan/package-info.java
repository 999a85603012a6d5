/**
 * Service levels: how deep recall goes, how rich a prompt is, how long a reply may be. Data, no behaviour.
 */
@NullMarked
package dev.hearth.engine.plan;

import org.jspecify.annotations.NullMarked;
