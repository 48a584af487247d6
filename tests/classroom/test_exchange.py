"""Collecting from students' own folders, whatever they put there, and giving feedback back."""

import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from grading.graded_course import configure

from cnnedu.classroom import exchange, walls
from harness.course import Course, student_cells

NAME = "01_convolution_by_hand"
SETTINGS = """
c.Exchange.root = "{root}"
c.ExchangeFactory.collect = "cnnedu.classroom.exchange.Collect"
c.ExchangeFactory.release_feedback = "cnnedu.classroom.exchange.ReleaseFeedback"
"""


@pytest.fixture
def course(tmp_path):
    """A course with an exchange in which ada and alan have a folder each."""
    return with_exchange(tmp_path, ["ada", "alan"])


def with_exchange(folder, students):
    """Return a course with an exchange in which these students have a folder each."""
    (folder / "course").mkdir()
    made = Course(folder / "course")
    root = folder / "exchange"
    for name in students:
        (root / "cnnedu/inbound" / name).mkdir(parents=True)
        (root / "cnnedu/feedback" / name).mkdir(parents=True)
    root.chmod(0o777)
    configure(made, SETTINGS.format(root=root))
    made.inbound, made.feedback = root / "cnnedu/inbound", root / "cnnedu/feedback"
    made.nbgrader("generate_assignment", NAME)
    return made


def said(when):
    return when.strftime(exchange.FORMAT)


def hand_in(course, student, claimed=None, name=None, text="{}"):
    """Put a submission into a student's folder, as `nbgrader submit` does; return its folder."""
    claimed = claimed or said(datetime.now(UTC))
    folder = course.inbound / student / f"{name or student}+{NAME}+{claimed}+abcd"
    folder.mkdir()
    (folder / f"{NAME}.ipynb").write_text(text)
    (folder / "timestamp.txt").write_text(claimed)
    (folder / "submission_secret.txt").write_text(f"secret of {student}")
    return folder


def collect(course):
    """Collect in a process of its own, which may not enter closed folders; return what it said."""
    before = ()
    if os.geteuid() == 0:  # root may do anything, unless it is told not to
        without = "-dac_override,-dac_read_search"
        before = ("setpriv", f"--bounding-set={without}", f"--inh-caps={without}")
    done = course.run("nbgrader", "collect", NAME, before=before)
    assert done.returncode == 0, done.stderr
    return done


def collected(course, student="ada"):
    return course.folder / "grading/submitted" / student / NAME


def test_the_newest_submission_is_collected(course):
    now = datetime.now(UTC)
    hand_in(course, "ada", said(now - timedelta(seconds=20)), text="old")
    hand_in(course, "ada", said(now - timedelta(seconds=10)), text="new")
    course.nbgrader("collect", NAME)
    assert (collected(course) / f"{NAME}.ipynb").read_text() == "new"
    assert not collected(course, "alan").exists()


def test_of_very_many_submissions_the_newest_are_looked_at(course, monkeypatch):
    looked_at, arrival = [], exchange.arrival
    monkeypatch.setattr(exchange, "MOST_SUBMISSIONS", 2)
    monkeypatch.setattr(exchange, "arrival", lambda *of: looked_at.append(of) or arrival(*of))
    now = datetime.now(UTC)
    for age in (30, 20, 10):
        hand_in(course, "ada", said(now - timedelta(seconds=age)), text=f"{age} s old")
    course.nbgrader("collect", NAME)
    assert len({claimed for _, claimed in looked_at}) == 2
    assert (collected(course) / f"{NAME}.ipynb").read_text() == "10 s old"


def test_a_resubmission_replaces_it_only_with_update(course):
    hand_in(course, "ada", text="old")
    course.nbgrader("collect", NAME)
    hand_in(course, "ada", text="new")
    course.nbgrader("collect", NAME)
    assert (collected(course) / f"{NAME}.ipynb").read_text() == "old"
    course.nbgrader("collect", NAME, "--update")
    assert (collected(course) / f"{NAME}.ipynb").read_text() == "new"


@pytest.mark.parametrize("claimed", ["2020-01-01 00:00:00.000000 UTC", "2999-01-01", "x", ""])
def test_the_time_is_when_the_files_arrived_whatever_the_name_says(course, claimed):
    before = datetime.now(UTC).replace(tzinfo=None)
    folder = hand_in(course, "ada", claimed or " ")
    os.utime(folder, (0, 0))
    os.utime(folder / f"{NAME}.ipynb", (0, 0))
    course.nbgrader("collect", NAME)
    when = datetime.strptime((collected(course) / "timestamp.txt").read_text(), exchange.FORMAT)
    assert timedelta(seconds=-1) < when - before < timedelta(seconds=60)


def test_a_time_within_a_minute_counts_as_it_is(course):
    claimed = said(datetime.now(UTC) - timedelta(seconds=30))
    hand_in(course, "ada", claimed)
    course.nbgrader("collect", NAME)
    assert (collected(course) / "timestamp.txt").read_text() == claimed


def test_no_link_leads_to_anothers_work(course):
    other = hand_in(course, "alan", text="alan's")
    folder = hand_in(course, "ada")
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").symlink_to(other / f"{NAME}.ipynb")
    (folder / "folder").symlink_to(other)
    os.mkfifo(folder / "pipe")
    course.nbgrader("collect", NAME)
    assert sorted(path.name for path in collected(course).iterdir()) == [
        "submission_secret.txt",
        "timestamp.txt",
    ]


def test_a_submission_that_is_a_link_is_not_collected(course):
    other = hand_in(course, "alan")
    link = course.inbound / f"ada/ada+{NAME}+{said(datetime.now(UTC))}+x"
    link.symlink_to(other)
    course.nbgrader("collect", NAME)
    assert not collected(course, "ada").exists()
    assert collected(course, "alan").exists()


def close(folder):
    folder.chmod(0)


def close_all(folder):
    folder.parent.chmod(0)


def nest(folder):
    """Put a folder into a folder 1,500 times; at the end, with no path short enough to go on."""
    number = os.open(folder, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("a", dir_fd=number)
        inner = os.open("a", os.O_RDONLY, dir_fd=number)
        os.close(number)
        number = inner
    os.close(number)


def long_names(folder):
    """Put a file below twenty folders with names of 240 letters."""
    number = os.open(folder, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("a" * 240, dir_fd=number)
        inner = os.open("a" * 240, os.O_RDONLY, dir_fd=number)
        os.close(number)
        number = inner
    os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=number))
    os.close(number)


def in_the_way(folder):
    """Put a folder where the collected submission keeps its time."""
    (folder / "timestamp.txt").unlink()
    (folder / "timestamp.txt").mkdir()
    (folder / "timestamp.txt/x").write_text("x")


def forge(folder):
    """Hand in as zoe."""
    folder.rename(folder.with_name(folder.name.replace("forge+", "zoe+")))


HARMS = {harm.__name__: harm for harm in (close, close_all, forge, in_the_way, long_names, nest)}


@pytest.fixture(scope="module")
def harmed(tmp_path_factory):
    """A course, and what is said when students who do harm and, after them all, zoe hand in."""
    course = with_exchange(tmp_path_factory.mktemp("harmed"), [*HARMS, "zoe"])
    hand_in(course, "zoe", text="own")
    folders = {name: hand_in(course, name) for name in HARMS}
    try:
        for name, harm in HARMS.items():
            harm(folders[name])
        yield course, collect(course).stderr
    finally:
        for folder in folders.values():
            folder.parent.chmod(0o755)
            if folder.exists():
                folder.chmod(0o755)
            subprocess.run(["rm", "-r", folder.parent], check=True)  # pytest can't delete each


@pytest.mark.parametrize("name", HARMS)
def test_no_student_keeps_another_from_being_collected(harmed, name):
    course, said = harmed
    assert (collected(course, "zoe") / f"{NAME}.ipynb").read_text() == "own"
    if name in ("long_names", "nest"):
        assert (collected(course, name) / "timestamp.txt").exists()
        return
    assert not collected(course, name).exists()
    if name == "forge":
        assert "forge has put zoe+" in said
    else:
        assert re.search(f"{name}.*not collected", said)


def test_a_folder_that_becomes_a_link_leads_nowhere(tmp_path, monkeypatch):
    """The student swaps it after the names in it were read."""
    source = tmp_path / "ada"
    (source / "folder").mkdir(parents=True)
    (source / "folder/secret").write_text("ada's")
    (tmp_path / "alan").mkdir()
    (tmp_path / "alan/secret").write_text("alan's")
    steps = exchange.walk

    def swapped(folder, ignored):
        for found in list(steps(folder, ignored)):
            (source / "folder").rename(source / "away")
            (source / "folder").symlink_to(tmp_path / "alan")
            yield found

    monkeypatch.setattr(exchange, "walk", swapped)
    (told,) = exchange.copy(source, tmp_path / "copy", [], 100)
    assert told == "folder/secret was left out: it has moved"


def test_a_collection_that_is_stopped_leaves_no_half_submission(course, monkeypatch):
    hand_in(course, "ada")

    def stopped(source, target, ignored, most):
        Path(target).mkdir(parents=True)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(exchange, "copy", stopped)
        with pytest.raises(KeyboardInterrupt):
            course.nbgrader("collect", NAME)
    assert not collected(course).exists()
    course.nbgrader("collect", NAME)
    assert [path.name for path in collected(course).parent.iterdir()] == [NAME]
    assert (collected(course) / f"{NAME}.ipynb").exists()


def test_what_is_changed_while_it_is_collected_is_late(course, monkeypatch):
    claimed = datetime.now(UTC) - timedelta(seconds=50)
    folder = hand_in(course, "ada", said(claimed))
    arrival = exchange.arrival
    times = iter([claimed.replace(tzinfo=None), None])
    monkeypatch.setattr(exchange, "arrival", lambda *about: next(times) or arrival(folder, "later"))
    course.nbgrader("collect", NAME)
    when = datetime.strptime((collected(course) / "timestamp.txt").read_text(), exchange.FORMAT)
    assert when - claimed.replace(tzinfo=None) > timedelta(seconds=40)


def test_autograde_is_refused_before_anything_of_a_student_runs(course):
    ran = course.folder / "ran"
    answers = {"01-by-hand": f"open({str(ran)!r}, 'w')"}
    course.submit(NAME, "ada", student_cells(course.solution(NAME)) | answers)
    own = {"JUPYTER_CONFIG_PATH": str(walls.SETTINGS / "teacher")}
    done = course.run("nbgrader", "autograde", NAME, **own)
    assert done.returncode
    assert "use `cnnedu grade`" in done.stderr
    assert not ran.exists()
    # Where nothing refuses, it runs.
    course.nbgrader("autograde", NAME)
    assert ran.exists()


def test_too_much_is_cut(tmp_path):
    (tmp_path / "a/inside").mkdir(parents=True)
    (tmp_path / "a/small").write_bytes(b"x" * 10)
    (tmp_path / "a/inside/large").write_bytes(b"x" * 1000)
    (told,) = exchange.copy(tmp_path / "a", tmp_path / "b", [], 100)
    assert "inside/large was left out: it is too large" in told
    assert Path(tmp_path, "b/small").exists()


def page_of(student):
    return f"{exchange.notebook_hash(secret=f'secret of {student}', notebook_id=NAME)}.html"


def test_feedback_goes_to_its_students_folder_alone(course, capsys):
    answers = student_cells(course.solution(NAME))
    for student in ("ada", "alan"):
        course.submit(NAME, student, answers)
        (course.folder / f"grading/submitted/{student}/{NAME}/submission_secret.txt").write_text(
            f"secret of {student}"
        )
        (course.folder / f"grading/submitted/{student}/{NAME}/timestamp.txt").write_text(
            said(datetime.now(UTC))
        )
    assert course.grade(NAME, "--unsandboxed").exit_code == 0
    course.nbgrader("generate_feedback", NAME)
    # The files are the student's own: whatever ada puts there, alan gets his feedback.
    own = course.folder / f"grading/feedback/ada/{NAME}/submission_secret.txt"
    harms = {
        "No such file": own.unlink,
        "can't decode": lambda: own.write_bytes(b"\xff"),
        "is empty": lambda: own.write_bytes(b""),
    }
    for said_of_it, harm in harms.items():
        harm()
        course.nbgrader("release_feedback", NAME, "--student=a*", "--log-level=WARN")
        told = capsys.readouterr().err
        assert re.search(f"ada: no feedback released: .*{said_of_it}", told)
        assert not list((course.feedback / "ada").iterdir())
        (course.feedback / "alan" / page_of("alan")).unlink()
    (own.parent / "folder.html").mkdir()
    own.write_text("secret of ada")
    course.nbgrader("release_feedback", NAME, "--student=ada")
    assert len(list((course.feedback / "ada").iterdir())) == 1
    assert not list((course.feedback / "alan").iterdir())
    course.nbgrader("release_feedback", NAME)
    (page,) = (course.feedback / "alan").iterdir()
    assert page.name == page_of("alan")
    assert sorted(path.name for path in course.feedback.iterdir()) == ["ada", "alan"]
