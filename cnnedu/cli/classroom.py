"""Commands for a class: `class` and its own commands, `report`, and `scores`."""

import click

from cnnedu.cli.group import Group, main


@main.group("class", cls=Group)
def classroom():
    """Run a class on this machine, with JupyterHub and nbgrader."""


FOLDER = click.option(
    "--folder", default="classroom", show_default=True, help="The folder of the class."
)


@classroom.command(extra="class")
@click.argument("roster", metavar="ROSTER.csv")
@click.option("--teacher", "teachers", multiple=True, help="A username; may be repeated.")
@FOLDER
def setup(roster, teachers, folder):
    """Make the folder of a class, or add to it, from ROSTER.csv.

    Run it in the folder of the course. ROSTER.csv has the columns name, id and email, or is an
    export of Moodle, Canvas or Google Classroom. Everybody gets a first password, in the file
    passwords.csv of the class's folder. With a new roster, run it again: it keeps all files and
    passwords, and whoever is off the roster can no longer sign in.
    """
    from pathlib import Path

    from cnnedu.classroom.folder import Folder
    from cnnedu.classroom.roster import RosterError, read
    from cnnedu.classroom.start import enrol
    from cnnedu.grading.course import GradingError

    place = Folder(folder)
    try:
        if Path.cwd().is_relative_to(place.path):
            raise RosterError(f"--folder {folder} is the course itself: the class needs its own")
        people = read(roster, teachers)
        if not any(person.teacher for person in people):
            raise RosterError("the class needs a teacher: add --teacher with a username")
        students = enrol(people, Path.cwd())
        place.set_up(people, Path.cwd())
    except (RosterError, GradingError, OSError) as error:
        raise click.ClickException(str(error)) from None
    counts = ((students, "student"), (len(people) - students, "teacher"))
    said = " and ".join(f"{number} {what}{'s' * (number != 1)}" for number, what in counts)
    click.echo(f"{said} are in {folder}.")
    click.echo(f"Their first passwords are in {place.passwords}; only you can read it.")
    click.echo("Start the class with: cnnedu class start")
    click.echo("If it runs already, restart it: Ctrl+C, then cnnedu class start")


@classroom.command(extra="class")
@click.argument("username")
@FOLDER
def password(username, folder):
    """Give USERNAME a new password, for one that is forgotten."""
    import sqlite3

    from cnnedu.classroom.accounts import replace_password
    from cnnedu.classroom.folder import Folder
    from cnnedu.classroom.roster import RosterError

    try:
        new = replace_password(Folder(folder), username)
    except KeyError:
        raise click.ClickException(f"{username} isn't on the roster in {folder}") from None
    except OSError as error:
        raise click.ClickException(f"{folder} holds no class: {error.strerror}") from None
    except (RosterError, sqlite3.Error) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The new password of {username} is {new}")


@classroom.command(extra="class")
@FOLDER
@click.option("--address", help="Where browsers find it. [default: http://127.0.0.1:8000]")
def start(folder, address):
    """Run the class until Ctrl+C; started again, it goes on where it was."""
    from cnnedu.classroom.roster import RosterError
    from cnnedu.classroom.start import NotReady, run

    try:
        run(folder, address)
    except (NotReady, RosterError, OSError) as error:
        raise click.ClickException(str(error)) from None


@main.command(extra="grading")
@click.argument("assignment")
@click.option("--out", default="grading/report.html", show_default=True, help="Where it goes.")
@click.option("--anonymous", help="Where a copy without names and code goes.")
def report(assignment, out, anonymous):
    """Write a page on how the class did on ASSIGNMENT, once it is graded.

    It says which questions were hard and why, who is stuck where, who has handed in nothing, and
    which solutions are alike. Run it in the folder of the course.
    """
    from pathlib import Path

    import matplotlib

    from cnnedu.classroom import insight, page
    from cnnedu.data.whole_file import write_whole
    from cnnedu.grading.batch import explained
    from cnnedu.grading.course import Course, GradingError

    matplotlib.use("agg")  # the pictures go to a file: no window
    try:
        course = Course(Path.cwd(), assignment)
        with explained(course):
            seen = insight.examine(course)
        write_whole(out, page.page(seen).encode())
        if anonymous:
            write_whole(anonymous, page.page(seen.anonymous(), anonymous=True).encode())
    except (GradingError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The report is in {out}{f', without names in {anonymous}' if anonymous else ''}.")


@main.command(extra="grading")
@click.argument("assignment")
@click.argument("export", metavar="EXPORT.csv")
@click.option("--column", help="The heading of the column for the scores, or a part of it.")
@click.option("--out", help="Where the file goes. [default: grading/import-EXPORT.csv]")
@click.option("--feedback", help="Where the feedback for Moodle goes: grading/feedback.zip, say.")
def scores(assignment, export, column, out, feedback):
    """Fill the scores of ASSIGNMENT into EXPORT.csv, for the school's platform to import.

    Run it in the folder of the course. EXPORT.csv is Moodle's grading worksheet or gradebook,
    Canvas' gradebook, or Google Classroom's grades, as it was downloaded. Scores that aren't final
    are left out.
    """
    from pathlib import Path

    from cnnedu.classroom import csv_table, feedback_zip, fill_in, final_scores, school_export
    from cnnedu.grading.batch import explained
    from cnnedu.grading.course import Course, GradingError
    from cnnedu.grading.printable import printable

    out = out or f"grading/import-{Path(export).name}"
    try:
        if Path(out).resolve() == Path(export).resolve():
            raise csv_table.RosterError(f"--out {out} is the export itself: give another name")
        found = school_export.read(export, assignment, column)
        course = Course(Path.cwd(), assignment)
        with explained(course):
            course.notebooks()  # says what to do if there is no such assignment
            everybody, most = final_scores.final_scores(course)
        owners = fill_in.owners(found, everybody)
        filled = fill_in.fill(found, owners, everybody, most)
        packed = feedback_zip.write(found, owners, course, feedback) if feedback else ()
        csv_table.write(filled.table, out)
    except (csv_table.RosterError, GradingError, OSError) as error:
        raise click.ClickException(str(error)) from None
    total = len(filled.rows)
    where = f"column {printable(found.table.heading[found.score])} of {out}"
    click.echo(f"{total} score{'s' * (total != 1)} for {found.platform} in {where}.")
    if feedback:
        click.echo(f"Feedback for {len(packed)} in {feedback}.")
    for remark in filled.remarks:
        click.echo(remark)
