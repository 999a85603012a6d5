/** The embedded warm store held to the contract, and to what crashes and damage do to files. */
@NullMarked
package dev.hearth.store.sqlite;

import org.jspecify.annotations.NullMarked;
