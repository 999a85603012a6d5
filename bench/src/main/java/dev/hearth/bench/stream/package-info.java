/** What streams through a real server cost and endure, against a model whose every step this process knows. */
@NullMarked
package dev.hearth.bench.stream;

import org.jspecify.annotations.NullMarked;
