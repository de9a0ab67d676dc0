package org.genrewise.jobs.benchmark;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.genrewise.device.DeviceChoice;

/**
 * A benchmark of files as the user asks for it.
 *
 * @param folder laid out as LABEL/track.*, or what a manifest's paths start from
 * @param manifest names the files, instead of listing the folder
 * @param device what is measured: auto the CPU and a GPU where there is one, else that device alone
 * @param json takes all numbers
 * @param report takes a page with the tables
 * @param settings how much is measured
 * @param values all settings as resolved, by name
 */
record FilesRequest(
    Path folder,
    Optional<Path> manifest,
    DeviceChoice device,
    Optional<Path> json,
    Optional<Path> report,
    FilesSettings settings,
    Map<String, String> values) {}
