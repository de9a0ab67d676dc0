/** What measurements of speed have in common: inputs, steps of the trainer, and clocks. */
package org.genrewise.check.measure;
