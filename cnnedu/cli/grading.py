"""The instructor's command: `grade`."""

import sys

import click

from cnnedu.cli.group import main


@main.command(extra="grading")
@click.argument("assignment")
@click.option("--student", help="Only this student's submission. [default: all]")
@click.option("--question", help="Grade only this question again; its grade_id.")
@click.option("--reason", help="Why; it is logged, and shown in the student's feedback.")
@click.option("--failed-only", is_flag=True, help="Only submissions that failed last time.")
@click.option("--force", is_flag=True, help="Also grade those that haven't changed.")
@click.option("--workers", type=click.IntRange(1), help="Submissions at a time. [default: cores]")
@click.option("--scheduler", help="Run on this Dask cluster, such as tcp://host:8786.")
@click.option(
    "--memory",
    type=click.FloatRange(0.25, 10_000),
    default=2.0,
    show_default=True,
    help="Gigabytes each submission may use.",
)
@click.option("--csv", "csv_file", help="Write the scores here: grading/scores.csv, say.")
@click.option(
    "--picture", "picture_file", help="Draw the points per question here: grading/points.png, say."
)
@click.option("--unsandboxed", is_flag=True, help="Run without bubblewrap. Unsafe.")
def grade(
    assignment,
    student,
    question,
    reason,
    failed_only,
    force,
    workers,
    scheduler,
    memory,
    csv_file,
    picture_file,
    unsandboxed,
):
    """Grade the submissions of ASSIGNMENT in a sandbox.

    Run it in the course's folder. It works with nbgrader's own folders and gradebook: as always,
    use nbgrader to collect the submissions first and to generate feedback afterwards. A submission
    that is graded already is graded again only if its files have changed. With --student,
    --question and --reason, one question is graded again, and all other points stay. The exit code
    is 1 if one submission failed or something could not be written.
    """
    from pathlib import Path

    from cnnedu.grading import sandbox

    if sys.platform != "linux":
        raise click.ClickException(sandbox.NO_LINUX)

    from cnnedu.grading import cgroups

    if Path(sys.argv[0]).name == "cnnedu":
        cgroups.delegate(sys.argv)

    from tqdm import tqdm

    from cnnedu.grading import report
    from cnnedu.grading.batch import Grader, explained
    from cnnedu.grading.course import Course, GradingError
    from cnnedu.grading.pools import Cluster, Local, NoCluster
    from cnnedu.grading.printable import printable
    from cnnedu.grading.regrade import asked
    from cnnedu.grading.summary import table

    if unsandboxed:
        click.secho("UNSANDBOXED: strangers' code runs with all your rights.", fg="red", err=True)
    tqdm.monitor_interval = 0  # no monitor thread: the grader forks
    try:
        regrade = asked(student, question, reason, whole=force or failed_only)
        course = Course(Path.cwd(), assignment)
        pool = Cluster(scheduler) if scheduler else Local(workers)
        grader = Grader(course, confined=not unsandboxed, pool=pool, memory=memory)
        with explained(course):
            total, remarks = len(course.submissions(student)), course.remarks
        graded = grader.grade(student, force, failed_only, regrade)
        bar = {"total": total, "unit": "submission", "dynamic_ncols": True}
        statuses = list(tqdm(graded, disable=bool(regrade), **bar))
        with explained(course):
            questions = report.questions(course)
            # The files come first: whoever reads what is printed may stop listening.
            unwritten = report.write(course, questions, csv_file, picture_file)
        remarks = [*grader.remarks, *remarks]
        click.echo(f"{table(statuses, remarks)}\n\n{report.table(questions)}")
        if regrade and statuses[0].state != "failed":
            click.echo(f"\n{regrade.told(assignment)}")
    except (GradingError, NoCluster, sandbox.NoSandbox, OSError) as error:
        raise click.ClickException(printable(error)) from None
    except KeyboardInterrupt:
        click.echo("\nStopped. Finished grades are kept; the same command continues.", err=True)
        raise SystemExit(130) from None
    for line in unwritten:
        click.echo(f"Error: {line}", err=True)
    failed = any(status.state == "failed" for status in statuses)
    raise SystemExit(failed or bool(unwritten))
