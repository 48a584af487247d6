"""The command `cnnedu`: each subcommand imports what it needs only when it runs."""

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cnnedu")
def main():
    """Tools of the course on convolutional neural networks."""


@main.command()
def doctor():
    """Look at the set-up and say what to do about each problem (exit code 1 if there is one)."""
    from cnnedu import doctor

    findings = doctor.examine()
    click.echo(doctor.report(findings))
    raise SystemExit(any(finding.state == "problem" for finding in findings))


@main.command()
@click.argument("number", default="")
def notebooks(number):
    """Rebuild notebooks and README from sources/ (NUMBER: only notebooks that begin so)."""
    from pathlib import Path

    from cnnedu.authoring import build, readme
    from cnnedu.authoring.poster import write_poster

    root = Path.cwd()
    try:
        for target in build.targets(root, number):
            click.echo(target.shown)
            build.build(target)
        if not number:
            write_poster(root)
        (root / "README.md").write_text(readme.readme(root), encoding="utf-8")
    except build.AuthoringError as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.option("--out", default="widgets.html", show_default=True, help="The file to write.")
def widgets(out):
    """Write a page with all widgets of the course: one file that works offline."""
    from pathlib import Path

    from cnnedu.widgets.gallery import gallery

    page = gallery()
    try:
        Path(out).write_text(page, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{out} can't be written: {error.strerror}") from None
    click.echo(f"{out} shows all widgets: open it in a browser.")


@main.command()
def download():
    """Fetch CIFAR-10 (162 MB) into the folder CNNEDU_DATA names, or into your cache."""
    from cnnedu.data import cifar10
    from cnnedu.data.download import DataError

    try:
        click.echo(f"CIFAR-10 is in {cifar10.download()}")
    except DataError as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.option(
    "--recipe",
    type=click.Choice(["classic", "fast", "record"]),
    default="classic",
    show_default=True,
    help="Network and settings, in cnnedu/training/recipes.py.",
)
@click.option("--seed", default=0, show_default=True, help="Of weights, order, augmentation.")
@click.option("--epochs", type=int, help="How often each picture is seen. [default: the recipe's]")
@click.option("--batch-size", type=int, help="Pictures per step. [default: the recipe's]")
@click.option("--lr", type=float, help="Highest learning rate. [default: the recipe's]")
@click.option("--set", "words", multiple=True, metavar="NAME=VALUE", help="Change a setting.")
@click.option("--out", help="Folder of the run. [default: runs/RECIPE]")
@click.option("--resume", is_flag=True, help="Go on with the run in --out.")
def train(recipe, seed, epochs, batch_size, lr, words, out, resume):
    """Train a network on CIFAR-10.

    On several machines: `torchrun --nnodes N --nproc-per-node M … $(which cnnedu) train …`, with
    --out in a folder that all of them see.
    """
    import os

    # PyTorch's threads would spin while they wait for each other: beside another busy program
    # that made an epoch ten times as long. It must be said before torch is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

    import matplotlib

    from cnnedu.data import cifar10
    from cnnedu.data.download import DataError
    from cnnedu.training import processes
    from cnnedu.training.loop import train
    from cnnedu.training.recipes import RECIPES, changed
    from cnnedu.training.settings import TrainingError

    matplotlib.use("agg")  # the curves go to a file: no window
    out = out or f"runs/{recipe}"
    typed = {"seed": seed, "epochs": epochs, "batch_size": batch_size, "learning_rate": lr}
    typed = [f"{name}={value}" for name, value in typed.items() if value is not None]
    try:
        build, settings = RECIPES[recipe]
        settings = changed(settings, [*typed, *words])
        last = train(build, cifar10.load(), settings, out, resume)[-1]
    except (DataError, TrainingError) as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        click.echo(f"\nStopped. Finished epochs are kept in {out}: --resume goes on.", err=True)
        raise SystemExit(130) from None
    if processes.is_first():
        accuracy = f"{100 * last['test_accuracy']:.1f} %"
        click.echo(f"Test accuracy {accuracy}; the test set was read once, after the last epoch.")
        click.echo(f"Weights, log and curves are in {out}.")


@main.command()
@click.argument("pictures", nargs=-1, required=True, metavar="PICTURE…")
@click.option("--network", "name", default="classic", show_default=True, help="A trained network.")
@click.option("--out", help="Folder for the overlays. [default: beside each picture]")
def predict(pictures, name, out):
    """Say what is on each PICTURE, and draw where the network looked.

    Beside cat.jpg it writes cat.cam.png, a Grad-CAM heat map over the picture (exit code 1 if a
    picture could not be used).
    """
    import matplotlib

    from cnnedu.models.pretrained import load_pretrained
    from cnnedu.predict import predict

    matplotlib.use("agg")  # the overlays go to files: no window
    try:
        trained = load_pretrained(name)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    done = True
    for line, right in predict(trained, pictures, out):
        done &= right
        click.echo(line, err=not right)
    raise SystemExit(not done)


@main.command()
@click.argument("assignment")
@click.option("--student", help="Only this student's submission. [default: all]")
@click.option("--failed-only", is_flag=True, help="Only submissions that failed last time.")
@click.option("--force", is_flag=True, help="Also those that are graded already.")
@click.option("--workers", type=click.IntRange(1), help="Submissions at a time. [default: cores]")
@click.option("--scheduler", help="Execute on this Dask cluster, such as tcp://host:8786.")
@click.option("--memory", default=2.0, show_default=True, help="Gigabytes a submission may use.")
@click.option("--csv", "csv_file", help="Write the scores there, for a learning platform.")
@click.option("--picture", "picture_file", help="Draw the points of each question there (PNG).")
@click.option("--unsandboxed", is_flag=True, help="Go on without bubblewrap. Unsafe.")
def grade(
    assignment,
    student,
    failed_only,
    force,
    workers,
    scheduler,
    memory,
    csv_file,
    picture_file,
    unsandboxed,
):
    """Grade the submissions of ASSIGNMENT in a sandbox, in the folder of the course.

    Works on nbgrader's own folders and gradebook: collect before and generate feedback after with
    nbgrader as ever. Submissions that are graded already are skipped (exit code 1 if one failed or
    something could not be written).
    """
    import sys
    from pathlib import Path

    from cnnedu.grading import cgroups

    if Path(sys.argv[0]).name == "cnnedu":
        cgroups.delegate(sys.argv)

    from tqdm import tqdm

    from cnnedu.grading import report
    from cnnedu.grading.batch import Grader, explained
    from cnnedu.grading.course import Course, GradingError
    from cnnedu.grading.pools import Cluster, Local, NoCluster
    from cnnedu.grading.printable import printable
    from cnnedu.grading.sandbox import NoSandbox
    from cnnedu.grading.summary import table

    if unsandboxed:
        click.secho("UNSANDBOXED: strangers' code runs with all your rights.", fg="red", err=True)
    tqdm.monitor_interval = 0  # no thread of its own beside the children that the grader forks
    try:
        course = Course(Path.cwd(), assignment)
        pool = Cluster(scheduler) if scheduler else Local(workers)
        grader = Grader(course, confined=not unsandboxed, pool=pool, memory=memory)
        total = len(course.submissions(student))
        graded = grader.grade(student, force, failed_only)
        statuses = list(tqdm(graded, total=total, unit="submission", dynamic_ncols=True))
        with explained(course):
            questions = report.questions(course)
        click.echo(f"{table(statuses, grader.remarks)}\n\n{report.table(questions)}")
        unwritten = report.write(course, questions, csv_file, picture_file)
    except (GradingError, NoCluster, NoSandbox, OSError) as error:
        raise click.ClickException(printable(error)) from None
    except KeyboardInterrupt:
        click.echo("\nStopped. What is graded is kept; the same command goes on.", err=True)
        raise SystemExit(130) from None
    for line in unwritten:
        click.echo(f"Error: {line}", err=True)
    failed = any(status.state == "failed" for status in statuses)
    raise SystemExit(failed or bool(unwritten))
