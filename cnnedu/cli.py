"""The command `cnnedu`: each subcommand imports what it needs only when it runs."""

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cnnedu")
def main():
    """Tools of the course on convolutional neural networks."""
