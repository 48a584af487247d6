"""Submissions that are broken or tampered with: what is done to a right one, and what must happen.

Each function gets the submission's folder with the right notebook in it. `@ends(state, says,
points)`:
how grading ends, what the instructor reads (a regular expression), the points of the four tests.
"""

import json
import os

NAME = "01_convolution_by_hand"
FULL = 10
ALL = {}


def ends(state, says="", points=0):
    """Register a function with what must come out."""

    def register(function):
        ALL[function.__name__] = (function, state, says, points)
        return function

    return register


def change(folder, edit):
    """Rewrite the notebook as `edit` changes it."""
    path = folder / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook = edit(notebook) or notebook
    path.write_text(json.dumps(notebook), "utf-8")


def cell(notebook, grade_id):
    """Return the cell with this grade_id."""
    marked = [c for c in notebook["cells"] if "nbgrader" in c["metadata"]]
    return next(c for c in marked if c["metadata"]["nbgrader"]["grade_id"] == grade_id)


@ends("failed", "damaged or cut off")
def truncated(folder):
    path = folder / f"{NAME}.ipynb"
    path.write_bytes(path.read_bytes()[:-200])


@ends("failed", "damaged or cut off")
def garbage(folder):
    (folder / f"{NAME}.ipynb").write_bytes(b"\x01\x02 no notebook" * 100)


@ends("failed", "damaged or cut off")
def endless_brackets(folder):
    (folder / f"{NAME}.ipynb").write_bytes(b"[" * 10**6)


@ends("failed", "0 bytes")
def no_bytes(folder):
    (folder / f"{NAME}.ipynb").write_bytes(b"")


@ends("graded", "", 0)
def no_cells(folder):
    change(folder, lambda notebook: notebook | {"cells": []})


@ends("failed", "there is no notebook .*but 1.ipynb")
def wrong_file_name(folder):
    (folder / f"{NAME}.ipynb").rename(folder / "1.ipynb")


@ends("failed", "there is no notebook")
def no_notebook(folder):
    (folder / f"{NAME}.ipynb").unlink()


@ends("needs a human", "", FULL)
def wrong_kernel(folder):
    spec = {"kernelspec": {"name": "evil", "display_name": "evil", "language": "R"}}
    change(folder, lambda notebook: notebook | {"metadata": spec})


@ends("failed", "format 3|no valid notebook")
def ancient_format(folder):
    change(folder, lambda notebook: {"nbformat": 3, "nbformat_minor": 0, "worksheets": "none"})


@ends("failed", "format 7")
def future_format(folder):
    change(folder, lambda notebook: notebook | {"nbformat": 7})


@ends("failed", "no nbformat")
def format_of_words(folder):
    change(folder, lambda notebook: notebook | {"nbformat": "four"})


@ends("failed", "no nbformat")
def a_list(folder):
    change(folder, lambda notebook: [notebook])


@ends("failed", "not in UTF-8")
def latin_1(folder):
    path = folder / f"{NAME}.ipynb"
    path.write_bytes(path.read_bytes() + "é".encode("latin-1"))


@ends("failed", "not in UTF-8")
def utf_16(folder):
    path = folder / f"{NAME}.ipynb"
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))


@ends("needs a human", "", FULL)
def byte_order_mark(folder):
    path = folder / f"{NAME}.ipynb"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


@ends("failed", "100 MB")
def hundred_megabytes(folder):
    os.truncate(folder / f"{NAME}.ipynb", 100 * 2**20)


@ends("failed", "cells; at most")
def ten_thousand_cells(folder):
    change(folder, lambda n: n["cells"].extend([dict(n["cells"][0])] * 10**4))


@ends("failed", "no valid notebook")
def cells_of_numbers(folder):
    change(folder, lambda notebook: notebook | {"cells": [1, 2, 3]})


@ends("failed", "link")
def notebook_is_a_link(folder):
    path = folder / f"{NAME}.ipynb"
    path.unlink()
    path.symlink_to(folder.parent.parent / "honest_right" / NAME / f"{NAME}.ipynb")


@ends("failed", "link")
def folder_is_a_link(folder):
    (folder / f"{NAME}.ipynb").unlink()
    folder.rmdir()
    folder.symlink_to(folder.parent.parent / "honest_right" / NAME)


@ends("failed", "no file")
def notebook_is_a_pipe(folder):
    path = folder / f"{NAME}.ipynb"
    path.unlink()
    os.mkfifo(path)


@ends("failed", "no file")
def notebook_is_a_folder(folder):
    path = folder / f"{NAME}.ipynb"
    path.unlink()
    path.mkdir()


@ends("needs a human", "link", FULL)
def links_beside_the_notebook(folder):
    (folder / "passwords.txt").symlink_to("/etc/passwd")
    (folder / "course").symlink_to("/")


@ends("needs a human", "", FULL)
def pretended_kernel(folder):
    for name in ("ipykernel_launcher.py", "sitecustomize.py", "numpy.py", "json.py", "IPython.py"):
        (folder / name).write_text("open('/tmp/PWNED', 'w').close(); raise SystemExit")
    (folder / "cnnedu").mkdir()
    (folder / "cnnedu" / "__init__.py").write_text("raise SystemExit")


@ends("needs a human", "", FULL)
def damaged_time(folder):
    (folder / "timestamp.txt").write_bytes(b"\xff yesterday")


@ends("needs a human", "was changed", FULL - 4)
def edited_test(folder):
    def edit(notebook):
        cell(notebook, "01-correlate2d-tests")["source"] = "pass"
        cell(notebook, "01-correlate2d")["source"] = "correlate2d = None"

    change(folder, edit)


@ends("needs a human", "was missing", FULL - 4)
def deleted_test(folder):
    def edit(notebook):
        cell(notebook, "01-correlate2d")["source"] = "correlate2d = None"
        notebook["cells"].remove(cell(notebook, "01-correlate2d-tests"))

    change(folder, edit)


@ends("needs a human", "was missing", FULL)
def deleted_test_of_right_work(folder):
    change(folder, lambda n: n["cells"].remove(cell(n, "01-correlate2d-tests")))


@ends("needs a human", "more than once", FULL)
def duplicated_test(folder):
    change(folder, lambda n: n["cells"].append(dict(cell(n, "01-flip-tests"))))


@ends("needs a human", "more than once", FULL)
def duplicated_everything(folder):
    change(folder, lambda notebook: notebook["cells"].extend(list(notebook["cells"])))


@ends("needs a human", "", FULL - 4)
def moved_test(folder):
    def edit(notebook):
        test = cell(notebook, "01-correlate2d-tests")
        notebook["cells"].remove(test)
        notebook["cells"].insert(0, test)

    change(folder, edit)


@ends("needs a human", "other points", FULL)
def more_points(folder):
    def edit(notebook):
        cell(notebook, "01-flip-tests")["metadata"]["nbgrader"]["points"] = 1000

    change(folder, edit)


@ends("needs a human", "other points", FULL)
def points_of_words(folder):
    def edit(notebook):
        cell(notebook, "01-flip-tests")["metadata"]["nbgrader"]["points"] = "NaN"

    change(folder, edit)


@ends("needs a human", "another type", FULL)
def test_as_text(folder):
    def edit(notebook):
        test = cell(notebook, "01-flip-tests")
        test["cell_type"] = "markdown"
        del test["outputs"], test["execution_count"]

    change(folder, edit)


@ends("needs a human", "", FULL)
def test_as_solution(folder):
    def edit(notebook):
        mark = cell(notebook, "01-flip-tests")["metadata"]["nbgrader"]
        mark |= {"solution": True, "grade": False, "locked": False}

    change(folder, edit)


@ends("needs a human", "more than once", FULL - 2)
def test_points_elsewhere(folder):
    def edit(notebook):
        cell(notebook, "01-flip")["source"] = "flip = None"
        cell(notebook, "01-flip-tests")["metadata"]["nbgrader"]["grade_id"] = "01-by-hand-tests"

    change(folder, edit)


@ends("needs a human", "", FULL)
def marks_of_the_wrong_kind(folder):
    def edit(notebook):
        notebook["cells"][0]["metadata"]["nbgrader"] = {"grade_id": ["a", "list"]}
        notebook["cells"][2]["metadata"]["nbgrader"] = "words"

    change(folder, edit)


@ends("needs a human", "", FULL)
def unknown_marks(folder):
    def edit(notebook):
        mark = {"grade_id": "mine", "grade": True, "points": 100, "schema_version": 99}
        notebook["cells"][0]["metadata"]["nbgrader"] = mark

    change(folder, edit)


@ends("needs a human", "", FULL)
def outputs_handed_in(folder):
    def edit(notebook):
        for one in notebook["cells"]:
            if one["cell_type"] == "code":
                text = {"text/plain": "100", "text/html": "<script>PWNED</script>"}
                one["outputs"] = [{"output_type": "execute_result", "data": text}]

    change(folder, edit)


@ends("needs a human", "too many or too large", FULL)
def too_many_files(folder):
    for number in range(1100):
        (folder / f"{number}.txt").write_text("")
