/** A Hearth client as a bean of Spring Boot. Knows Spring Boot and Hearth's client. */
@NullMarked
package dev.hearth.spring.boot;

import org.jspecify.annotations.NullMarked;
