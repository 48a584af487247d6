"""The reader's commands: `exercise`, `check`, `progress`."""

from pathlib import Path

import click

from cnnedu.cli.group import main

NUMBER = click.argument("number", metavar="NUMBER")


@main.command()
@NUMBER
@click.option("--into", default="work", show_default=True, help="Folder for your own copies.")
def exercise(number, into):
    """Copy an exercise into a folder of your own.

    NUMBER is that of the lesson, such as 03. A copy that is there already stays as it is, so your
    answers are safe, and so is `git pull`.
    """
    from cnnedu.study import notebooks

    try:
        path, copied = notebooks.copy_fresh(number, into)
    except notebooks.NoExercise as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{into} can't be written to: {error.strerror}") from None
    if not copied:
        raise click.ClickException(
            f"{path} is there already and stays as it is. To begin again, rename it first."
        )
    click.echo(f"{path} is yours: open it in Jupyter, or `cnnedu check {number}` here.")


@main.command()
@NUMBER
def check(number):
    """Run the checks of an exercise and say what is missing.

    NUMBER is that of the exercise, such as 03; then your copy in work/ is checked, or the notebook
    in exercises/. It may also be the path of a notebook. The notebook isn't changed. The exit code
    is 1 if a check fails.
    """
    from cnnedu.study import check, notebooks

    try:
        path = _notebook(number)
        click.echo(path)
        points = {"right": 0, "not yet": 0, "by hand": 0}
        for verdict in check.verdicts(path):
            points[verdict.state] += verdict.points
            worth = f"{verdict.points:g} point{'s' * (verdict.points != 1)}"
            says = "" if verdict.state == "right" else f": {verdict.says}"
            click.echo(f"{verdict.state:<8} {verdict.name} ({worth}){says}")
    except notebooks.NoExercise as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        click.echo("\nStopped.", err=True)
        raise SystemExit(130) from None
    right, missing = points["right"], points["not yet"]
    click.echo(f"\n{right:g} of {right + missing:g} points pass their checks.")
    if points["by hand"]:
        click.echo(f"A person grades {points['by hand']:g} more.")
    if right and not missing:
        click.echo("If you hand it in, more checks run then, on other inputs.")
    raise SystemExit(bool(missing))


def _notebook(number):
    from cnnedu.study import notebooks

    if number.endswith(".ipynb"):
        return Path(number)
    name = notebooks.name_of(number)
    path = notebooks.own(name, Path.cwd())
    if path is None:
        raise notebooks.NoExercise(
            f"There is no {name}.ipynb here: `cnnedu exercise {number}` brings you one."
        )
    return path.relative_to(Path.cwd())


@main.command()
def progress():
    """Show the lessons you have read, the exercises that pass, and what comes next.

    Run it in the course's folder. All it says is read from the notebooks that you have saved there;
    nothing is recorded elsewhere.
    """
    from cnnedu.study import notebooks, progress

    try:
        found = progress.steps(Path.cwd())
    except notebooks.NoExercise as error:
        raise click.ClickException(str(error)) from None
    click.echo(progress.table(found))
    click.echo(f"\n{progress.following(found)}")
