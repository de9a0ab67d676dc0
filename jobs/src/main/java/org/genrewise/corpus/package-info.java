/**
 * A small corpus of music that can be made anywhere: composed from rules with a seed, rendered
 * offline by the JDK's software synthesizer.
 */
package org.genrewise.corpus;
