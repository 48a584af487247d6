"""Broken submissions and submissions that were tampered with, and how grading must end.

Each function gets a submission's folder with the right notebook in it, and changes it.
`@ends(state, says, points)` gives the state after grading, what the instructor reads (a regular
expression), and the points of the four tests together.
"""

import json
import os
import stat

import nbformat

NAME = "01_convolution_by_hand"
FULL = 10
ALL = {}


def ends(state, says="", points=0):
    """Register a function with how grading must end."""

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


@ends("needs a human", "was missing", 0)
def no_cells(folder):
    change(folder, lambda notebook: notebook | {"cells": []})


@ends("failed", "there is no notebook .*found 1.ipynb")
def wrong_file_name(folder):
    (folder / f"{NAME}.ipynb").rename(folder / "1.ipynb")


@ends("failed", "there is no notebook")
def no_notebook(folder):
    (folder / f"{NAME}.ipynb").unlink()


@ends("needs a human", "", FULL)
def wrong_kernel(folder):
    spec = {"kernelspec": {"name": "evil", "display_name": "evil", "language": "R"}}
    change(folder, lambda notebook: notebook | {"metadata": spec})


@ends("failed", "format 3|not a valid notebook")
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


@ends("failed", "cells; the limit")
def ten_thousand_cells(folder):
    change(folder, lambda n: n["cells"].extend([dict(n["cells"][0])] * 10**4))


@ends("failed", "not a valid notebook")
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


@ends("failed", "not a regular file")
def notebook_is_a_pipe(folder):
    path = folder / f"{NAME}.ipynb"
    path.unlink()
    os.mkfifo(path)


@ends("failed", "not a regular file")
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


@ends("needs a human", "different points", FULL)
def more_points(folder):
    def edit(notebook):
        cell(notebook, "01-flip-tests")["metadata"]["nbgrader"]["points"] = 1000

    change(folder, edit)


@ends("needs a human", "different points", FULL)
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


@ends("needs a human", "more than once", FULL - 1)
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


@ends("needs a human", "too many files or too much data", FULL)
def too_many_files(folder):
    for number in range(1100):
        (folder / f"{number}.txt").write_text("")


def add(folder, *cells):
    """Add cells after the right work."""
    blank = {"code": {"outputs": [], "execution_count": None}, "markdown": {}, "raw": {}}
    made = [{"cell_type": k, "source": s, "metadata": {}} | blank[k] for k, s in cells]
    change(folder, lambda notebook: notebook["cells"].extend(made))


def rewrite(folder, grade_id, edit):
    """Rewrite one answer: `edit` takes its source and returns another."""

    def rewritten(notebook):
        marked = cell(notebook, grade_id)
        marked["source"] = edit("".join(marked["source"]))

    change(folder, rewritten)


# What a browser must not run, in whatever way it is shown.
EVIL = [
    "<img src=x onerror=\"document.title = 'PWNED'\">",
    "<script>document.title = 'PWNED'</script>",
    "<svg/onload=\"document.title = 'PWNED'\"><animate onbegin=\"document.title = 'PWNED'\">",
    '<iframe srcdoc="<script>parent.document.title = 1</script>"></iframe>',
    '<iframe src="javascript:parent.document.title = 1"></iframe><object data="x"></object>',
    "[a link](javascript:document.title='PWNED') <a href=' java\tscript:alert(1)'>another</a>",
    "[a link](vbscript:x) ![a picture](javascript:alert(1)) [third]\n\n[third]: javascript:1",
    "$\\href{javascript:document.title='PWNED'}{x}$ $\\unicode{<img src=x onerror=alert(1)>}$",
    "$$\\style{background:url(javascript:1)}{x} \\require{html} \\class{x}{y}$$",
    "```mermaid\ngraph TD\n  A --> B\n  click A call alert(1)\n  B[<img src=x onerror=1>]\n```",
    "<form action='http://x.example' method=post><input name=q autofocus onfocus=alert(1)></form>",
    "<style>body {display: none} @import 'http://x.example';</style><link rel=stylesheet href=x>",
    "<meta http-equiv=refresh content='0;url=http://x.example'><base href='http://x.example/'>",
    "<details open ontoggle=alert(1)>x</details><video><source onerror=alert(1)></video>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
    "</textarea></pre></div><!-- <![CDATA[ ]]> --><noscript><p title='</noscript><img src=x>'>",
    "{{ 7 * 7 }} {% include '/etc/passwd' %} <%= 7 * 7 %> ${7 * 7}",
    "<div style='position:fixed;top:0;left:0;width:100%;height:100%' onmouseover=alert(1)>x</div>",
    "<button data-commandlinker-command='console:create'>press</button>",
]


@ends("needs a human", "", FULL)
def html_in_markdown(folder):
    add(folder, *(("markdown", text) for text in EVIL))


@ends("needs a human", "", FULL)
def html_in_raw_cells(folder):
    add(folder, *(("raw", text) for text in EVIL))

    def mark(notebook):
        for one in notebook["cells"]:
            if one["cell_type"] == "raw":
                one["metadata"] = {"raw_mimetype": "text/html", "format": "text/html"}

    change(folder, mark)


@ends("needs a human", "", FULL)
def html_in_the_written_answer(folder):
    rewrite(folder, "01-fog", lambda source: "\n\n".join(["Because it is fog.", *EVIL]))


@ends("needs a human", "", FULL)
def html_in_code(folder):
    add(folder, *(("code", f"# {text!r}\n'''{text}'''") for text in EVIL))


@ends("needs a human", "", FULL)
def html_in_attachments(folder):
    def edit(notebook):
        evil = {"image/svg+xml": "PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+", "text/html": "<script>1</script>"}
        evil |= {"image/png": "x\" onerror=\"document.title = 'PWNED'", 'a" onload="b': "c"}
        more = {"cell_type": "markdown", "metadata": {}, "source": '![x](attachment:a.png"onload)'}
        more["attachments"] = {"a.png": evil, "../../b.svg": evil, '"><script>': evil, "c": []}
        notebook["cells"].append(more)
        cell(notebook, "01-fog")["attachments"] = {"a.png": evil}

    change(folder, edit)


@ends("needs a human", "", FULL)
def html_in_metadata(folder):
    def edit(notebook):
        evil = "</title><script>document.title = 'PWNED'</script>"
        spec = {"name": evil, "display_name": evil, "language": evil}
        notebook["metadata"] = {"title": evil, "authors": [{"name": evil}], "kernelspec": spec}
        notebook["metadata"] |= {"language_info": {"name": evil, "pygments_lexer": evil}}
        notebook["metadata"] |= {"widgets": {"application/vnd.jupyter.widget-state+json": evil}}
        for one in notebook["cells"]:
            one["id"] = evil
            one["metadata"] |= {"tags": [evil], "name": evil, "slideshow": {"slide_type": evil}}

    change(folder, edit)


@ends("needs a human", "", FULL)
def html_beside_the_notebook(folder):
    for name in (f"{NAME}.html", "index.html", "feedback.html", "custom.css", "a.svg", "x.js"):
        (folder / name).write_text("\n".join(EVIL))


@ends("needs a human", "", FULL)
def surrogate_in_markdown(folder):
    add(folder, ("markdown", "half a character: \udc80 \ud83d"))


@ends("needs a human", "", FULL)
def surrogate_in_code(folder):
    add(folder, ("code", "text = 'half a character: \udc80'"), ("code", "\ud83d = 1"))


@ends("needs a human", "", FULL)
def surrogate_in_the_written_answer(folder):
    rewrite(folder, "01-fog", lambda source: "Because it is fog: \udc80")


@ends("needs a human", "", FULL)
def surrogate_in_an_answer(folder):
    rewrite(folder, "01-flip", lambda source: source + "\n# half a character: \udc80\n")


@ends("needs a human", "", FULL)
def surrogate_in_marks(folder):
    def edit(notebook):
        notebook["cells"][0]["metadata"]["nbgrader"] = {"grade_id": "\udc80", "points": "\udc80"}
        notebook["cells"][0] |= {"id": "\ud800", "attachments": {"\udc80": {"\udc80": "\udc80"}}}
        notebook["metadata"]["\udc80"] = "\udc80"

    change(folder, edit)


@ends("needs a human", "", FULL)
def names_not_in_utf_8(folder):
    for name in (b"\xff\xfe.txt", b"\xe9t\xe9.csv", b"caf\xe9.ipynb"):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(b"numbers")
    os.mkdir(os.path.join(os.fsencode(folder), b"folder\x80"))
    os.symlink(b"\x80", os.path.join(os.fsencode(folder), b"link\x80"))


@ends("needs a human", "link", FULL)
def links_with_strange_names(folder):
    names = ["x\nhonest_right  0 of 10  failed", "\x1b]52;c;UFdORUQ=\x07", "\x1b[2J\x1b[H", "\r"]
    for name in names:
        (folder / name).symlink_to("/etc/passwd")
    (folder / "=cmd|'calc'!A0").symlink_to("/")
    (folder / "\t=1+1").symlink_to("/")
    (folder / "＝1+1").symlink_to("/")


@ends("needs a human", "", FULL)
def files_with_strange_names(folder):
    names = ["-rf", "a\nb", "\x1b[2J", "~", "*", "$(touch PWNED)", "con", " ", "x" * 255, "\u202e"]
    for name in names:
        (folder / name).write_text("numbers")


@ends("failed", "not a regular file")
def notebook_is_a_full_folder(folder):
    path = folder / f"{NAME}.ipynb"
    work = path.read_bytes()
    path.unlink()
    path.mkdir()
    (path / "data.txt").write_text("numbers")
    (path / f"{NAME}.ipynb").write_bytes(work)
    (folder / "copy.ipynb").write_bytes(work)


# The test's course gives out a file in a folder `data`.
@ends("needs a human", "", FULL)
def file_in_the_place_of_a_folder(folder):
    (folder / "data").write_text("no folder")


@ends("needs a human", "", FULL)
def folder_in_the_place_of_a_file(folder):
    (folder / "data" / "table.txt").mkdir(parents=True)
    (folder / "data" / "table.txt" / "more.txt").write_text("numbers")


@ends("needs a human", "", FULL)
def path_of_4095_bytes(folder):
    place = str(folder)
    while len(place) < 4095 - 256:
        place += "/" + "d" * 200
        os.mkdir(place)
    with open(f"{place}/{'f' * (4094 - len(place))}", "w") as file:
        file.write("numbers")


@ends("needs a human", "", FULL)
def unreadable_file(folder):
    (folder / "data.txt").write_text("numbers")
    (folder / "data.txt").chmod(0)


@ends("needs a human", "", FULL)
def unreadable_folder(folder):
    (folder / "pictures").mkdir()
    (folder / "pictures" / "a.txt").write_text("numbers")
    (folder / "pictures").chmod(0)


# Root can read what nobody else can.
@ends("needs a human|failed", "|can't be read", (0, FULL))
def unreadable_notebook(folder):
    (folder / f"{NAME}.ipynb").chmod(0)


@ends("needs a human", "", FULL)
def time_is_a_pipe(folder):
    os.mkfifo(folder / "timestamp.txt")


@ends("needs a human", "", FULL)
def time_is_a_link(folder):
    (folder / "timestamp.txt").symlink_to("/dev/zero")


@ends("needs a human", "", FULL)
def time_is_three_gigabytes(folder):
    (folder / "timestamp.txt").touch()
    os.truncate(folder / "timestamp.txt", 3 * 2**30)


@ends("needs a human", "", FULL)
def time_is_a_folder(folder):
    (folder / "timestamp.txt").mkdir()
    (folder / "timestamp.txt" / "timestamp.txt").write_text("2026-01-01 12:00:00")


@ends("needs a human", "", FULL)
def time_that_never_was(folder):
    (folder / "timestamp.txt").write_text("9" * 10**6 + "-99-99 99:99:99 +99:99")


@ends("needs a human", "", FULL)
def time_at_the_end_of_all_days(folder):
    (folder / "timestamp.txt").write_text("9999-12-31 23:59:59.999999 -23:59")


@ends("needs a human", "too many files or too much data", FULL)
def thousands_of_tiny_files(folder):
    for number in range(50):
        (folder / str(number)).mkdir()
        for other in range(100):
            (folder / str(number) / f"{other}.txt").write_text("x")


@ends("needs a human", "", FULL)
def thousands_of_empty_folders(folder):
    for number in range(50):
        for other in range(100):
            (folder / str(number) / str(other)).mkdir(parents=True)


@ends("needs a human", "too many files or too much data", FULL)
def three_gigabytes_of_nothing(folder):
    (folder / "data.bin").touch()
    os.truncate(folder / "data.bin", 3 * 2**30)


@ends("needs a human", "link or not a regular file", FULL)
def socket_and_pipe_beside(folder):
    os.mknod(folder / "socket", stat.S_IFSOCK | 0o666)
    os.mkfifo(folder / "pipe.txt")
    if os.geteuid() == 0:
        os.mknod(folder / "zero.txt", stat.S_IFCHR | 0o666, os.makedev(1, 5))


@ends("needs a human", "", FULL)
def hard_links(folder):
    (folder / "0.txt").write_text("numbers")
    for number in range(1, 100):
        os.link(folder / "0.txt", folder / f"{number}.txt")
    os.link(folder / f"{NAME}.ipynb", folder / "copy.ipynb")


@ends("needs a human", "", FULL)
def links_in_a_circle(folder):
    (folder / "here").symlink_to(".")
    (folder / "up").symlink_to("..")
    (folder / "itself").symlink_to("itself")


@ends("needs a human", "", FULL)
def checkpoints_and_copies(folder):
    work = (folder / f"{NAME}.ipynb").read_text("utf-8")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / f"{NAME}-checkpoint.ipynb").write_text("{" * 10**5)
    (folder / f"{NAME}-Copy1.ipynb").write_text(work.replace("return", "raise"))
    (folder / f"{NAME}.IPYNB").write_text("PWNED")


@ends("failed", "cells|valid|large|memory|damaged")
def notebook_of_braces(folder):
    text = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ['
    (folder / f"{NAME}.ipynb").write_text(text + "{}," * 6_200_000 + "{}]}")


@ends("failed")
def metadata_of_braces(folder):
    text = '{"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": {"a": ['
    (folder / f"{NAME}.ipynb").write_text(text + "{}," * 6_200_000 + "{}]}}")


# A student with an old Jupyter must neither lose points nor be called a cheat.
@ends("needs a human", "^(?!.*(changed|missing|claims|more than once))", FULL)
def format_3_with_right_work(folder):
    path = folder / f"{NAME}.ipynb"
    path.write_text(nbformat.writes(nbformat.read(path, as_version=4), version=3), "utf-8")


@ends("needs a human", "", FULL)
def format_4_0(folder):
    def edit(notebook):
        for one in notebook["cells"]:
            one.pop("id", None)
        return notebook | {"nbformat_minor": 0}

    change(folder, edit)


@ends("needs a human", "", FULL)
def minor_format_to_come(folder):
    change(folder, lambda notebook: notebook | {"nbformat_minor": 10**9})


@ends("failed", "nbformat|format")
def format_of_true(folder):
    change(folder, lambda notebook: notebook | {"nbformat": True})


@ends("failed", "damaged|number|valid|format")
def number_of_ten_thousand_digits(folder):
    path = folder / f"{NAME}.ipynb"
    path.write_text(path.read_text("utf-8").rstrip()[:-1] + ', "x": ' + "9" * 10**4 + "}", "utf-8")


@ends("needs a human", "", FULL)
def numbers_that_are_none(folder):
    def edit(notebook):
        for one in notebook["cells"]:
            if one["cell_type"] == "code":
                one["execution_count"] = float("nan")
            one["metadata"]["x"] = [float("inf"), -float("inf"), 1e308, 10**4000]

    change(folder, edit)


@ends("needs a human", "", FULL)
def many_empty_cells(folder):
    add(folder, *[("code", "")] * 1900)


@ends("needs a human", "", FULL)
def many_printing_cells(folder):
    add(folder, *[("code", "print('x' * 2**17)")] * 400)


@ends("needs a human", "", FULL)
def many_failing_cells(folder):
    add(folder, *[("code", "raise ValueError('x' * 2**17)")] * 400)


@ends("needs a human", "", FULL)
def long_markdown_cells(folder):
    add(folder, *[("markdown", "**bold** [" * 2**15)] * 10)


@ends("needs a human", "", FULL)
def source_of_a_million_parts(folder):
    def edit(notebook):
        one = cell(notebook, "01-flip")
        one["source"] = [""] * 10**6 + ["".join(one["source"])]

    change(folder, edit)


@ends("needs a human", "", FULL)
def deep_metadata(folder):
    change(folder, lambda n: n["metadata"].update(json.loads('{"a":' * 300 + "1" + "}" * 300)))


@ends("failed", "damaged|valid|deep")
def very_deep_metadata(folder):
    path = folder / f"{NAME}.ipynb"
    deep = ', "x": ' + '{"a":' * 10**5 + "1" + "}" * 10**5 + "}"
    path.write_text(path.read_text("utf-8").rstrip()[:-1] + deep, "utf-8")


@ends("needs a human", "", FULL)
def long_ids(folder):
    def edit(notebook):
        for number, one in enumerate(notebook["cells"]):
            one["id"] = str(number) + "x" * 10**5
        notebook["cells"][0]["metadata"]["nbgrader"] = {"grade_id": "y" * 10**6}

    change(folder, edit)


@ends("needs a human", "", FULL)
def right_answers_of_unusual_kinds(folder):
    by_hand = "\nby_hand = np.array(by_hand, '>i2').T.copy().T"
    rewrite(folder, "01-by-hand", lambda source: source + by_hand)
    horizontal = "\nhorizontal = np.matrix(horizontal, 'f2')"
    rewrite(folder, "01-horizontal-kernel", lambda source: source + horizontal)
    wrapped = "\n\ndef {0}(*a, right={0}):\n    out = right(*a).astype(np.longdouble)\n"
    wrapped += "    out.flags.writeable = False\n    return out\n"
    for name in ("correlate2d", "flip"):
        rewrite(folder, f"01-{name}", lambda source, name=name: source + wrapped.format(name))


# Honest work with threads: what the neighbours do at the same time must not matter.
@ends("needs a human", "", FULL)
def right_answers_with_threads(folder):
    threads = "\n\ndef flip(w, right=flip):\n    from multiprocessing.pool import ThreadPool\n"
    threads += "    with ThreadPool(16) as pool:\n        return pool.map(right, [w] * 16)[3]\n"
    rewrite(folder, "01-flip", lambda source: source + threads)


# Children share what their parent holds: 150 MB, however many there are.
@ends("needs a human", "", FULL)
def right_answers_with_a_pool(folder):
    pool = "\n\nimport multiprocessing\nimport time\n\nshared = np.ones(19_000_000)\n"
    pool += "with multiprocessing.get_context('fork').Pool(4) as pool:\n"
    pool += "    pool.map(time.sleep, [0.7] * 4)\n"
    rewrite(folder, "01-flip", lambda source: source + pool)


@ends("needs a human", "", FULL)
def right_answers_with_warnings(folder):
    warned = "\n\ndef flip(w, right=flip):\n    import sys, warnings\n    warnings.warn('old')\n"
    warned += "    print('slow', file=sys.stderr)\n    return right(w)\n"
    rewrite(folder, "01-flip", lambda source: source + warned)


# Names that a student's folder in `grading/submitted` may have: {what: bytes}. Under each of them,
# right work keeps its points, or the grader says in one line that it leaves it out, and why.
STRANGE_IDS = {
    "of 250 characters": b"x" * 250,
    "of 255 bytes": b"y" * 255,
    "of 250 characters of two bytes": ("é" * 125).encode(),
    "not in UTF-8": b"caf\xe9",
    "nothing but bytes": b"\xff\xfe\x80",
    "hidden": b".hidden",
    "hidden as nbgrader's own": b".cnnedu",
    "like the folder above": b"...",
    "like a partial": b".01_convolution_by_hand.partial",
    "with a newline": b"x\nhonest_right  10 of 10  graded",
    "with escape sequences": b"\x1b[2J\x1b]52;c;UFdORUQ=\x07",
    "a formula": b"=1+1",
    "a formula behind a tab": b"\t=1+1",
    "a formula in full width": "＝1+1".encode(),
    "an option": b"--force",
    "a pattern": b"[a-z]*?",
    "of format fields": b"{student_id}{0}%s%(x)s",
    "of one space": b" ",
    "with spaces around": b" honest_right ",
    "HTML": b"<img src=x onerror=alert(1)>",
    "a quote": b"x'; DROP TABLE grade; --",
    "from right to left": "\u202egnorw".encode(),
    "in two forms of Unicode, composed": "zoë".encode(),
    "in two forms of Unicode, decomposed": "zoe\u0308".encode(),
    "as the wildcard": b"*",
    "ends like a status": b"aaron_right.json",
}
