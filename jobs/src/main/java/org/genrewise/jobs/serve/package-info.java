/**
 * The verb serve: a page, and JSON over HTTP, that label one track at a time.
 *
 * <p>A request's way: {@link org.genrewise.jobs.serve.LabelServer} hands it to {@link
 * org.genrewise.jobs.serve.LabelEndpoint}, which asks {@link org.genrewise.jobs.serve.Gate} whether
 * there is room, receives the file ({@link org.genrewise.jobs.serve.Upload}), waits for its turn,
 * and has {@link org.genrewise.jobs.serve.TrackAnalyst} label it. The file is deleted before the
 * answer is sent.
 */
package org.genrewise.jobs.serve;
