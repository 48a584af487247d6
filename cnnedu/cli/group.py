"""The command `cnnedu` itself: what all its subcommands have in common."""

import sys

import click


class Command(click.Command):
    """A subcommand that says what to install when an optional package is missing.

    Args:
        extra: the set of packages in pyproject.toml, such as "grading", that it needs besides those
            of the lessons.
    """

    def __init__(self, *args, extra=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.extra = extra

    def invoke(self, context):
        """Run the subcommand."""
        try:
            return super().invoke(context)
        except ModuleNotFoundError as error:
            if self.extra is None:
                raise
            raise click.ClickException(f'{error}: run pip install "cnnedu[{self.extra}]"') from None


class Group(click.Group):
    """Subcommands that say what to install."""

    command_class = Command


class AnyEncoding(Group):
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
