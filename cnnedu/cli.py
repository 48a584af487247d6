"""The command `cnnedu`: each subcommand imports what it needs only when it runs."""

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cnnedu")
def main():
    """Tools of the course on convolutional neural networks."""


@main.command()
@click.argument("number", default="")
def notebooks(number):
    """Rebuild the notebooks from sources/ (NUMBER: only those whose name begins so)."""
    from pathlib import Path

    from cnnedu.authoring import build

    try:
        for target in build.targets(Path.cwd(), number):
            click.echo(target.shown)
            build.build(target)
    except build.AuthoringError as error:
        raise click.ClickException(str(error)) from None
