/**
 * The check of a machine's GPU: parts that each run in a process of their own, and what they find.
 * Neither Spark nor a network connection is needed.
 */
package org.genrewise.check;
