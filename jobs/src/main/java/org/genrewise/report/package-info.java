/**
 * Self-contained HTML reports: records of numbers in, one file without scripts or outside hosts
 * out.
 */
package org.genrewise.report;
