"""Commands that look after the set-up: `doctor`, `widgets`, `download`."""

import click

from cnnedu.cli.group import main


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
    """Download CIFAR-10 (170 MB).

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
