#!/usr/bin/env python3
"""Markdown tables of this project beside the Python way, of what both have measured on one machine.

usage: compare.py OURS.json PEER.json

OURS.json is of `./genrewise benchmark --files`, PEER.json of files_peer.py. Prints the section for README.md. A ratio
above 1 says by how much this project is faster, or how much less memory it takes.
"""
import argparse
import json
import math
import pathlib
import textwrap

GIGABYTE = 1e9
LINE = 140


def table(header, rows):
    if not rows:
        return ""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


class Pair:
    """A stage of both sides."""

    def __init__(self, ours, theirs):
        self.on = f"{ours['device']}, {ours['precision']}"
        self.ours = ours["results"]
        self.theirs = theirs["results"] if theirs else None


def pairs(ours, peer, stage):
    """The stages of a name that this project has, each with the peer's on the same device, if there is one."""

    def key(one):
        return one["stage"], one["device"], one["precision"]

    theirs = {key(one): one for one in peer["stages"]}
    return [
        Pair(one, theirs.get(key(one)))
        for one in ours["stages"]
        if one["stage"] == stage and not one["error"]
    ]


def seconds(value):
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def labels(ours, peer):
    rows = []
    for pair in pairs(ours, peer, "label"):
        theirs = {row["files"]: row for row in pair.theirs["rows"]} if pair.theirs else {}
        for row in pair.ours["rows"]:
            other = theirs.get(row["files"])
            rows.append(
                [
                    pair.on,
                    row["files"],
                    seconds(row["seconds_median"]),
                    f"{row['seconds_per_file']:.3f} s",
                    f"{row['times_real_time']:.0f}",
                    seconds(other["seconds_median"]) if other else "",
                    f"{other['seconds_median'] / row['seconds_median']:.2f}" if other else "",
                ]
            )
    return table(
        ["files to labels", "files", "this project", "a file", "times real time", "Python", "ratio"], rows
    )


def epochs(ours, peer):
    rows = []
    for pair in pairs(ours, peer, "epoch"):
        o, p = pair.ours, pair.theirs
        rows.append(
            [
                pair.on,
                f"{o['slices']:,} of {o['slices_of_all']:,}",
                f"{seconds(o['seconds'])}, {o['slices_per_second']:.2f} slices/s",
                f"{o['loss']:.3f}" if o["loss"] is not None else "",
                f"{seconds(p['seconds'])}, {p['slices_per_second']:.2f} slices/s" if p else "",
                f"{p['loss']:.3f}" if p else "",
                f"{o['slices_per_second'] / p['slices_per_second']:.2f}" if p else "",
            ]
        )
    return table(["one epoch", "slices", "this project", "loss", "Python", "loss", "ratio"], rows)


def memory(ours, peer):
    rows = []
    for stage in ("label", "epoch", "accuracy"):
        for pair in pairs(ours, peer, stage):
            for key, where in (("process_peak_bytes", "process"), ("gpu_peak_bytes", "GPU")):
                mine = pair.ours["memory"].get(key)
                other = pair.theirs["memory"].get(key) if pair.theirs else None
                if mine is not None:
                    rows.append(
                        [
                            f"{stage}, {pair.on}",
                            where,
                            f"{mine / GIGABYTE:.2f} GB",
                            f"{other / GIGABYTE:.2f} GB" if other else "",
                            f"{other / mine:.2f}" if other else "",
                        ]
                    )
    return table(["peak of memory", "of", "this project", "Python", "ratio"], rows)


def mean(results, key):
    runs = results["runs"]
    return sum(run[key] for run in runs) / len(runs)


def accuracy_of(results):
    tracks, tests = mean(results, "track_accuracy"), sum(run["test_tracks"] for run in results["runs"])
    error = math.sqrt(tracks * (1 - tracks) / tests)
    return [
        f"{tracks:.3f} ± {error:.3f}",
        f"{mean(results, 'slice_accuracy'):.3f}",
        seconds(mean(results, "seconds")),
    ]


def accuracies(ours, peer):
    rows = []
    for pair in pairs(ours, peer, "accuracy"):
        for who, results in (("this project", pair.ours), ("Python", pair.theirs)):
            if results:
                tests = sum(run["test_tracks"] for run in results["runs"])
                rows.append([f"{who}, {pair.on}", tests, *accuracy_of(results), f"{results['chance']:.3f}"])
    return table(
        ["accuracy on files never seen", "test files", "files", "slices", "a training", "chance"], rows
    )


def introduction(ours, peer):
    software, settings = ours["machine"]["software"], ours["settings"]
    tracks = ours["files"]["tracks"]
    slices = sum(track["slices"] for track in tracks)
    audio = sum(track["seconds"] for track in tracks)
    runs = int(settings["accuracy-runs"])
    size, small = settings["input-size"], settings["accuracy-input-size"]
    lines = [
        f"On {ours['started'][:10]}: {ours['machine']['processor']}, {software['cores']} cores, "
        f"{software['machine_bytes'] / GIGABYTE:.0f} GB; device {ours['machine']['device']}. This project: Java "
        f"{software['java'].split('+')[0]}, ND4J {software['nd4j']}. Python {peer['machine']['python']}, PyTorch "
        f"{peer['machine']['torch']}, librosa {peer['machine']['librosa']}.",
        "",
        f"{len(tracks)} files of {audio / len(tracks):.0f} s on average, {slices} slices. Labels and the epoch: width "
        f"{settings['width']}, {size} x {size}; the epoch in batches of {settings['batch-size']}, SGD with momentum. "
        f"Accuracy: width {settings['accuracy-width']}, {small} x {small}, {settings['accuracy-epochs']} epochs, AdamW; "
        f"{'one training with a split' if runs == 1 else f'means of {runs} trainings with a split each'}, the same on "
        f"both sides, by group where a manifest names groups; ± is the standard error by the number of files. Each stage is a process of its own. "
        f"Seconds to labels are medians; the network's weights are random there, which costs the same time. Trainings "
        f"begin with slices on disk: all files took {ours['files']['seconds']:.1f} s to decode and transform here, and "
        f"{peer['files']['seconds']:.1f} s in Python with the drawing of the pictures, which this project does while it "
        f"learns.",
    ]
    failures = peer["files"]["failures"]
    if failures:
        lines += ["", f"Python could not read {len(failures)} of the files; its rows are without them."]
    return "\n".join(textwrap.fill(line, LINE) for line in lines) + "\n"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ours", type=pathlib.Path)
    parser.add_argument("peer", type=pathlib.Path)
    arguments = parser.parse_args()
    ours, peer = json.loads(arguments.ours.read_text()), json.loads(arguments.peer.read_text())
    parts = [introduction, labels, epochs, memory, accuracies]
    print("\n".join(filter(None, (part(ours, peer) for part in parts))), end="")


if __name__ == "__main__":
    main()
