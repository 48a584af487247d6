"""A class from release to feedback: an instructor and three students in real browsers.

The hub restarts in between. Everything happens on the pages that people use, except that the due
date is set and commands are typed on the instructor's server without a browser.

With CNNEDU_PICTURES=docs/class it also makes the pictures of the guide.
"""

import io
import os
import re
from pathlib import Path

import pytest
from grading.graded_course import (
    course_in,
    follow,
    gradebook,
    hidden_lines,
    open_first_submission,
    points_to_give,
)
from PIL import Image

from harness.classroom import PATIENCE, until
from harness.course import student_cells
from harness.lab import Lab

NAME = "01_convolution_by_hand"
WAIT = 1000 * PATIENCE  # milliseconds
SCREEN = {"width": 1280, "height": 900}
COLOURS = 64  # of a picture

SOLVE = """([answers]) => {
  const panel = jupyterapp.shell.currentWidget;
  for (const cell of panel.content.model.cells) {
    const id = cell.getMetadata("nbgrader")?.grade_id;
    if (id in answers) cell.sharedModel.setSource(answers[id]);
  }
}"""


def picture(page, name, height=SCREEN["height"]):
    """Keep a picture of the upper part of a page for the guide, if somebody wants the pictures."""
    if folder := os.environ.get("CNNEDU_PICTURES"):
        part = {"x": 0, "y": 0, "width": SCREEN["width"], "height": height}
        shown = Image.open(io.BytesIO(page.screenshot(clip=part))).convert("RGB")
        shown.quantize(COLOURS, dither=Image.Dither.NONE).save(Path(folder, f"{name}.png"))


class Desk:
    """A browser in which one person has signed in.

    Args:
        browser: Playwright's.
        classroom: the `Classroom`.
        name: the person's username.
    """

    def __init__(self, browser, classroom, name):
        self.name, self.url = name, f"{classroom.url}/user/{name}/"
        self.inbound = classroom.folder.inbound(name)
        self.context = browser.new_context(viewport=SCREEN)
        self.context.set_default_timeout(WAIT)
        self.page = self.context.new_page()
        self.page.goto(classroom.url)
        self.page.get_by_label("Username").fill(name)
        picture(self.page, "sign_in", height=380)
        self.page.get_by_label("Password").fill(classroom.folder.first_passwords()[name])
        self.page.get_by_role("button", name="Sign in").click()
        # JupyterHub starts the server and shows a lesson.
        self.page.wait_for_url(f"{self.url}lab/tree/lessons/00_start_here.ipynb*")
        # While the hub is away, JupyterLab offers to start a server that runs.
        away = self.page.get_by_role("dialog", name="Server unavailable or unreachable")
        self.page.add_locator_handler(
            away, lambda dialog: dialog.get_by_role("button", name="Dismiss").click()
        )
        self.lab = Lab(self.page, self.url, classroom.folder.home(name))

    def reload(self):
        """Load the page again: nobody has to sign in again after a restart."""
        self.page.goto(f"{self.url}lab")
        self.page.wait_for_function("window.jupyterapp")
        self.page.evaluate("jupyterapp.restored")

    def assignments(self, kind):
        """Return a locator of the released, fetched or submitted assignments."""
        if not self.page.locator("#nbgrader-assignment-list").is_visible():
            self.lab.command("nbgrader:open-assignment-list")
        return self.page.locator(f"#{kind}_assignments_list")

    def click(self, kind, button):
        """Click a button in the list of assignments."""
        self.assignments(kind).get_by_role("button", name=button, exact=True).first.click()

    def solve(self, answers):
        """Fill in the fetched notebook, run it, and save it."""
        self.lab.open_file(f"{NAME}/{NAME}.ipynb")  # or show it, if it is open
        self.page.wait_for_function("jupyterapp.shell.currentWidget.content.model?.cells")
        self.page.evaluate(SOLVE, [answers])
        self.lab.command("notebook:run-all-cells")
        self.lab.command("docmanager:save")

    def submit(self):
        """Click on Submit; wait until one more submission is in the exchange."""
        before = len(list(self.inbound.iterdir()))
        self.click("fetched", "Submit")
        until(lambda: len(list(self.inbound.iterdir())) > before)


@pytest.fixture(scope="module")
def desks(browser, classroom):
    """{name: `Desk`} of everybody."""
    made = {name: Desk(browser, classroom, name) for name in ("emmy", "ada", "alan", "grace")}
    yield made
    for desk in made.values():
        desk.context.close()


def formgrader(desk):
    """Return formgrader's frame and the row of the assignment in it."""
    desk.lab.command("nbgrader:open-formgrader")
    frame = desk.page.frame_locator("iframe[src*=formgrader]")
    follow(frame, frame.get_by_role("link", name="Manage Assignments"))
    return frame, frame.locator("tr", has_text=NAME)


def press(frame, row, what):
    """Press one of formgrader's buttons, and confirm that it went well."""
    row.locator(f".{what} a").click()
    frame.locator("#success-modal").get_by_role("button", name="OK").click()
    frame.locator("#success-modal").wait_for(state="detached")


def test_a_class_from_release_to_feedback(classroom, desks):
    course = course_in(classroom.course)
    right = student_cells(course.solution(NAME)) | {"01-fog": "It would be blurred."}
    wrong = right | {"01-by-hand": "by_hand = [[0]]"}
    no_debugger(desks)
    hand_out(desks)
    in_time(desks, right)
    due_now(classroom.member("emmy").enter())
    through_a_restart(classroom, desks["alan"], wrong)
    desks["grace"].reload()
    desks["grace"].solve(wrong)
    desks["grace"].submit()
    grade(desks["emmy"], classroom.member("emmy").enter(), course)
    give_back(classroom, desks, course)
    report(classroom.member("emmy").enter(), course, desks["emmy"].page)


def no_debugger(desks):
    """JupyterLab's debugger would listen on a port, without a password, for all on the machine."""
    for name in ("emmy", "ada"):
        desks[name].page.wait_for_function("window.jupyterapp")
        commands = desks[name].page.evaluate("jupyterapp.commands.listCommands()")
        assert "notebook:run-all-cells" in commands
        assert not [command for command in commands if command.startswith("debugger:")]


def hand_out(desks):
    """Release the exercise, and let every student fetch it."""
    frame, row = formgrader(desks["emmy"])
    press(frame, row, "assign")
    press(frame, row, "release")
    for name in ("ada", "alan", "grace"):
        desks[name].click("released", "Fetch")
        desks[name].assignments("fetched").get_by_role("button", name="Submit").wait_for()
    picture(desks["ada"].page, "assignments")


def in_time(desks, right):
    """Let ada hand in the solution, and grace nothing of her own, before the exercise is due."""
    desks["ada"].solve(right)
    desks["ada"].submit()
    desks["grace"].solve({})
    desks["grace"].submit()


def due_now(teacher):
    """Let the exercise be due: from here on, submissions are late."""
    said = teacher.execute(
        "from datetime import UTC, datetime\n"
        "from nbgrader.api import Gradebook\n"
        "book = Gradebook('sqlite:////home/emmy/course/grading/gradebook.db')\n"
        f"done = book.update_or_create_assignment('{NAME}', duedate=datetime.now(UTC))\n"
        "book.close()"
    )
    assert "Error" not in said


def through_a_restart(classroom, alan, wrong):
    """Restart the hub between solving and handing in: the kernel goes on, and so does the page."""
    alan.solve(wrong)
    classroom.stop()
    classroom.start()
    assert until(lambda: alan.lab.open.value("by_hand")) == [[0]]
    alan.submit()


def grade(emmy, teacher, course):
    """Collect, grade with `cnnedu grade`, and grade the open questions by hand."""
    frame, row = formgrader(emmy)
    press(frame, row, "collect")
    said = teacher.shell(f"cd ~/course && cnnedu grade {NAME}")
    assert re.search(r"needs a human +3", said), said
    open_first_submission(frame, NAME)
    for number in range(1, 4):
        frame.get_by_text(f"Submission #{number}").first.wait_for()
        points_to_give(frame).fill("1.5")
        frame.locator("input.score").last.press("Tab")
        until(lambda number=number: len(by_hand(course)) == number)
        if number < 3:
            follow(frame, frame.get_by_role("link", name="Next"))
    assert by_hand(course) == [1.5] * 3
    follow(frame, frame.get_by_role("link", name="Manual Grading"))  # back to pages with a menu


def give_back(classroom, desks, course):
    """Release the feedback; each student reads their own, and nobody another's."""
    frame, row = formgrader(desks["emmy"])
    press(frame, row, "generate-feedback")
    press(frame, row, "release-feedback")
    picture(desks["emmy"].page, "formgrader")
    hidden = hidden_lines(course.solution(NAME))
    for name, score in (("ada", "11.5"), ("alan", "10.5"), ("grace", "10.5")):
        shown = feedback(desks[name])
        assert f"Score: {score} / 12.0" in shown
        assert ("the answer has shape" in shown) == (name != "ada")
        assert not [line for line in hidden if line in shown]
    picture(desks["alan"].page, "feedback")
    for desk in desks.values():  # no request to another host, and nobody is asked for one
        assert desk.page.get_by_text("Jupyter news").count() == 0
    with gradebook(course) as book:
        submissions = book.assignment_submissions(NAME)
        late = {one.student.id: one.total_seconds_late > 0 for one in submissions}
    assert late == {"ada": False, "alan": True, "grace": True}
    told = classroom.member("ada").enter().shell("ls /srv/exchange/cnnedu/feedback | wc -l")
    assert told == "1\n"
    desks["ada"].page.goto(desks["alan"].url)
    desks["ada"].page.get_by_text("403").first.wait_for()


def report(teacher, course, page):
    """Write the report on a teacher's server, and look at it."""
    said = teacher.shell(f"cd ~/course && cnnedu report {NAME}")
    assert "The report is in grading/report.html" in said
    page.goto((course.folder / "grading/report.html").as_uri())
    page.get_by_text("the answer has shape").first.wait_for()
    picture(page, "report")


def by_hand(course):
    """Return the points that were given by hand."""
    with gradebook(course) as book:
        submissions = book.notebook_submissions(NAME, NAME)
        grades = [grade for one in submissions for grade in one.grades]
        return [grade.manual_score for grade in grades if grade.manual_score is not None]


def feedback(desk):
    """Fetch one's feedback, open it in JupyterLab, and return its text."""
    desk.click("submitted", "Fetch Feedback")
    desk.assignments("submitted").get_by_text("view feedback").first.click()
    desk.page.locator(".jp-DirListing-item", has_text=f"{NAME}.html").dblclick()
    shown = desk.page.frame_locator(".jp-HTMLViewer iframe").locator("body")
    shown.get_by_text("Score:").first.wait_for()
    return re.sub(r"\s+", " ", shown.inner_text())
