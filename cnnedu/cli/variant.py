"""The instructor's command `variant`: an exercise with numbers of each student's own."""

import click

from cnnedu.cli.group import main


@main.command(extra="grading")
@click.argument("assignment")
@click.argument("students", metavar="[STUDENT]...", nargs=-1)
def variant(assignment, students):
    """Write the variants of ASSIGNMENT that each STUDENT gets. [default: all in the gradebook]

    Run it in the folder of the course. The notebooks go to grading/variants/STUDENT/ASSIGNMENT; the
    same student always gets the same. For a STUDENT who is named, it also says the right answers.
    """
    from pathlib import Path

    import numpy as np

    from cnnedu.grading.batch import explained
    from cnnedu.grading.course import Course, GradingError
    from cnnedu.grading.hand_out import hand_out

    try:
        course = Course(Path.cwd(), assignment)
        with explained(course):
            for folder, right in hand_out(course, students):
                click.echo(folder.relative_to(course.root))
                if students:
                    for name, value in right.items():
                        click.echo(f"    {name}: {np.asarray(value).tolist()}")
    except GradingError as error:
        raise click.ClickException(str(error)) from None
