/** What networks run on: which GPUs there are, which this build serves, and which one is taken. */
package org.genrewise.device;
