"""The command `cnnedu`: each subcommand imports what it needs only when it runs."""

import sys

import click


class AnyEncoding(click.Group):
    """Commands that go on wherever their output goes: what it can't say is replaced."""

    def main(self, *args, **kwargs):
        """Run the command that is named on the command line."""
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.reconfigure(errors="replace")
        return super().main(*args, **kwargs)


@click.group(cls=AnyEncoding, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cnnedu")
def main():
    """Tools of the course on convolutional neural networks."""


@main.command()
def doctor():
    """Check the set-up and say how to fix each problem.

    The exit code is 1 if there is one.
    """
    from cnnedu import doctor

    findings = doctor.examine()
    click.echo(doctor.report(findings))
    raise SystemExit(any(finding.state == "problem" for finding in findings))


@main.command()
@click.argument("number", default="")
def notebooks(number):
    """Rebuild the notebooks and the README from sources/.

    With NUMBER, only the notebooks whose names begin with it are rebuilt.
    """
    from pathlib import Path

    from cnnedu.authoring import build, readme
    from cnnedu.authoring.poster import poster
    from cnnedu.data.whole_file import write_whole

    root = Path.cwd()
    try:
        for target in build.targets(root, number):
            click.echo(target.shown)
            build.build(target)
        if not number:
            write_whole(root / "docs/course.gif", poster())
        write_whole(root / "README.md", readme.readme(root).encode())
    except BrokenPipeError:
        raise
    except (build.AuthoringError, OSError) as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        click.echo("\nStopped. All notebooks but the last one named are rebuilt.", err=True)
        raise SystemExit(130) from None


@main.command()
@click.option("--out", default="widgets.html", show_default=True, help="File to write.")
def widgets(out):
    """Write a page with all the widgets, which works offline."""
    from cnnedu.data.whole_file import write_whole
    from cnnedu.widgets.gallery import gallery

    page = gallery().encode()
    try:
        write_whole(out, page)
    except OSError as error:
        raise click.ClickException(f"{out} can't be written: {error.strerror}") from None
    click.echo(f"{out} shows all widgets: open it in a browser.")


@main.command()
def download():
    """Download CIFAR-10 (162 MB).

    It goes into the folder named by CNNEDU_DATA, or into your cache.
    """
    from cnnedu.data import cifar10
    from cnnedu.data.download import DataError

    try:
        click.echo(f"CIFAR-10 is in {cifar10.download()}")
    except DataError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        click.echo("\nStopped. What came is kept; the same command continues.", err=True)
        raise SystemExit(130) from None


@main.command()
@click.option(
    "--recipe",
    type=click.Choice(["classic", "fast", "record"]),
    default="classic",
    show_default=True,
    help="Network and settings, from cnnedu/training/recipes.py.",
)
@click.option(
    "--seed",
    default=0,
    show_default=True,
    help="Seed for the initial weights, the shuffling and the augmentation.",
)
@click.option("--epochs", type=int, help="Passes over the training set. [default: the recipe's]")
@click.option("--batch-size", type=int, help="Pictures per step. [default: the recipe's]")
@click.option("--lr", type=float, help="Peak learning rate. [default: the recipe's]")
@click.option("--set", "words", multiple=True, metavar="NAME=VALUE", help="Change any setting.")
@click.option("--out", help="Folder for the run. [default: runs/RECIPE]")
@click.option("--resume", is_flag=True, help="Continue the run in --out.")
def train(recipe, seed, epochs, batch_size, lr, words, out, resume):
    """Train a network on CIFAR-10.

    On several machines, run `torchrun --nnodes N --nproc-per-node M … $(which cnnedu) train …`,
    with --out in a folder that all of them share.
    """
    import os

    # PyTorch's threads would spin while they wait for each other, which made an epoch take ten
    # times as long beside another busy program. This must be set before torch is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

    import matplotlib

    from cnnedu.data import cifar10
    from cnnedu.data.download import DataError
    from cnnedu.training import processes
    from cnnedu.training.loop import holds_run, train
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
        kept = f"Finished epochs are kept in {out}; --resume continues."
        nothing = "No epoch had begun; the same command starts again."
        click.echo(f"\nStopped. {kept if holds_run(out) else nothing}", err=True)
        raise SystemExit(130) from None
    if processes.is_first():
        accuracy = f"{100 * last['test_accuracy']:.1f} %"
        click.echo(f"Test accuracy {accuracy}; the test set was read once, after the last epoch.")
        click.echo(f"Weights, log and curves are in {out}.")


@main.command()
@click.argument("name", default="")
@click.argument("part", default="")
@click.option(
    "--seeds",
    type=click.IntRange(0, 2**32 - 1),
    multiple=True,
    help="Only with this seed; may be repeated.",
)
@click.option("--save", is_flag=True, help="Store the figures that the lesson shows.")
def experiment(name, part, seeds, save):
    """Measure the figures of a lesson again.

    NAME is an experiment, or the beginning of its name, such as l11; PART is one of its parts, all
    by default. Without NAME, list all experiments and what each costs.
    """
    import json
    import os

    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as for `train`

    from cnnedu.data.download import DataError
    from cnnedu.experiments import catalogue
    from cnnedu.experiments.store import NoFigures
    from cnnedu.training.settings import TrainingError

    if not name:
        click.echo(catalogue.table())
        return
    try:
        figures = catalogue.find(name)
        wanted = catalogue.runs(figures, part, seeds)
        if save:
            figures.check_store()
        for measured, seed in wanted:
            result, trained = figures.measure(measured, seed)
            of_seed = "" if seed is None else f", seed {seed}"
            said = f"{figures.name} {measured}{of_seed}: {json.dumps(catalogue.shown(result))}"
            if save:  # first, for whoever reads what is printed may stop listening
                try:
                    figures.save(measured, seed, result, trained)
                except OSError:
                    click.echo(said)  # or the work of hours would be lost
                    raise
            click.echo(said)
    except BrokenPipeError:
        raise
    except (DataError, TrainingError, catalogue.UnknownExperiment, NoFigures, OSError) as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        kept = "What is shown above is stored." if save else "Nothing is stored without --save."
        click.echo(f"\nStopped. {kept}", err=True)
        raise SystemExit(130) from None
    except ModuleNotFoundError as error:
        raise click.ClickException(f'{error}: run pip install "cnnedu[test]"') from None


@main.command()
@click.argument("pictures", nargs=-1, required=True, metavar="PICTURE…")
@click.option("--network", "name", default="classic", show_default=True, help="Pretrained network.")
@click.option("--out", help="Folder for the overlays. [default: beside each picture]")
def predict(pictures, name, out):
    """Classify each PICTURE and draw where the network looked.

    For cat.jpg it writes cat.cam.png, a Grad-CAM heat map over the picture. The exit code is 1 if a
    picture can't be used or an overlay can't be written.
    """
    import os

    os.environ["MPLBACKEND"] = "agg"  # the overlays go to files: no window

    from cnnedu.models.pretrained import load_pretrained
    from cnnedu.predict import predict

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
    that is graded already is graded again only if its files have changed. The exit code is 1 if one
    failed or something could not be written.
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
    from cnnedu.grading.summary import table

    if unsandboxed:
        click.secho("UNSANDBOXED: strangers' code runs with all your rights.", fg="red", err=True)
    tqdm.monitor_interval = 0  # no monitor thread: the grader forks
    try:
        course = Course(Path.cwd(), assignment)
        pool = Cluster(scheduler) if scheduler else Local(workers)
        grader = Grader(course, confined=not unsandboxed, pool=pool, memory=memory)
        with explained(course):
            total, remarks = len(course.submissions(student)), course.remarks
        graded = grader.grade(student, force, failed_only)
        statuses = list(tqdm(graded, total=total, unit="submission", dynamic_ncols=True))
        with explained(course):
            questions = report.questions(course)
            # The files come first: whoever reads what is printed may stop listening.
            unwritten = report.write(course, questions, csv_file, picture_file)
        remarks = [*grader.remarks, *remarks]
        click.echo(f"{table(statuses, remarks)}\n\n{report.table(questions)}")
    except (GradingError, NoCluster, sandbox.NoSandbox, OSError) as error:
        raise click.ClickException(printable(error)) from None
    except KeyboardInterrupt:
        click.echo("\nStopped. Finished grades are kept; the same command continues.", err=True)
        raise SystemExit(130) from None
    for line in unwritten:
        click.echo(f"Error: {line}", err=True)
    failed = any(status.state == "failed" for status in statuses)
    raise SystemExit(failed or bool(unwritten))
