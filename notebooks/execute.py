"""Executes notebooks and keeps their outputs in them, without what differs from machine to machine.

usage: execute.py NOTEBOOK...     all must run without an error, else none is changed and the exit code is 2
       execute.py --check         only tells whether the packages of requirements.txt are there
"""
import base64
import importlib
import importlib.metadata
import io
import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
SECONDS_A_CELL = 300
LARGEST = 1_000_000
MACHINE = re.compile(r"(?<![\w.])/(home|root|tmp|work|Users|var|opt)/")


def fail(message):
    print(f"notebooks: {message}", file=sys.stderr)
    sys.exit(2)


def require_packages():
    missing = []
    for line in (HERE / "requirements.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name = line.split("==")[0]
            try:
                importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                missing.append(name)
    if missing:
        fail(
            f"{sys.executable} lacks {', '.join(missing)}; install what notebooks/requirements.txt names"
            " (pip install -r notebooks/requirements.txt), or name another Python in PYTHON"
        )


def execute(path):
    """The notebook with new outputs, as text."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=SECONDS_A_CELL,
        record_timing=False,
        # The kernel listens on a port of this machine.
        config=Config(KernelManager={"transport_encryption": "auto"}),
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        fail(f"{path.name} failed:\n{error}")
    clean(notebook)
    nbformat.validate(notebook)
    text = nbformat.writes(notebook) + "\n"
    if len(text.encode()) >= LARGEST:
        fail(f"{path.name} would have {len(text.encode()):,} bytes; keep it below {LARGEST:,}: fewer or smaller plots")
    return text


def clean(notebook):
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        if cell.cell_type != "code":
            continue
        cell.metadata = {}
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                fail(f"a cell wrote to stderr; mend what it warns of:\n{output.text}")
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = smaller(output.data["image/png"])
            for text in [output.get("text", "")] + [
                value for kind, value in output.get("data", {}).items() if kind.startswith("text/")
            ]:
                if MACHINE.search(text):
                    fail(f"an output names a path of this machine; show it relative to the library:\n{text}")


def smaller(png):
    """The image in a palette of 256 colours: a third of the bytes, and no difference to be seen."""
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    image = image.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode()


def main(arguments):
    require_packages()
    if arguments == ["--check"]:
        return
    paths = [pathlib.Path(argument).resolve() for argument in arguments]
    if not paths:
        sys.exit(__doc__)
    # The kernel of this Python before one that the user has at home.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    # Builds its cache when it is imported for the first time, and says so; not in a cell.
    importlib.import_module("matplotlib.font_manager")
    executed = {}
    for path in paths:
        print(f"notebooks: executing {path.name}", flush=True)
        executed[path] = execute(path)
    for path, text in executed.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
