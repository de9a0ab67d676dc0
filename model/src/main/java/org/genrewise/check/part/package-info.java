/** The parts of the check, and what each of them finds. */
package org.genrewise.check.part;
