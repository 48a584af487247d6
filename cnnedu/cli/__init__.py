"""The command `cnnedu`: each subcommand imports what it needs only when it runs."""

from cnnedu.cli import authoring, classroom, course, grading, photographs, study, training, variant
from cnnedu.cli.group import main
