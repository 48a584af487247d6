"""The course's public addresses, all made from the one in pyproject.toml."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from cnnedu.authoring.source import AuthoringError
from cnnedu.data.whole_file import write_whole

PLACEHOLDER = "OWNER"
GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+)")
FIRST_LESSON = "lessons/00_start_here.ipynb"
# The branch that holds the site, and notebooks for Colab in its folder `notebooks`.
PAGES = "gh-pages"


@dataclass(frozen=True)
class Address:
    """Where the course is published.

    Args:
        repository: such as "https://github.com/OWNER/NAME".
        version: of the package.

    >>> Address("https://github.com/OWNER/NAME", "1.0").binder("lessons/00_start_here.ipynb")
    'https://mybinder.org/v2/gh/OWNER/NAME/HEAD?urlpath=lab/tree/lessons/00_start_here.ipynb'
    """

    repository: str
    version: str

    @property
    def owner(self):
        """Who publishes it."""
        return GITHUB.fullmatch(self.repository)[1]

    @property
    def name(self):
        """The repository's name."""
        return GITHUB.fullmatch(self.repository)[2]

    @property
    def is_placeholder(self):
        """Whether nobody has said yet where the course will be."""
        return self.owner == PLACEHOLDER

    @property
    def site(self):
        """The address of the site's front page."""
        return f"https://{self.owner}.github.io/{self.name}/"

    def binder(self, path):
        """Return the address that opens a notebook on Binder; `path` is that from the root."""
        return f"https://mybinder.org/v2/gh/{self.owner}/{self.name}/HEAD?urlpath=lab/tree/{path}"

    def colab(self, path):
        """Return the address that opens a notebook in Colab: the copy whose links work there.

        Args:
            path: of the lesson or of the released exercise, from the root.
        """
        copy = f"{self.owner}/{self.name}/blob/{PAGES}/notebooks/{standalone_path(path)}"
        return f"https://colab.research.google.com/github/{copy}"

    def file(self, path):
        """Return the address of a file of the repository; `path` is that from the root."""
        return f"{self.repository}/blob/HEAD/{path}"


def standalone_path(path):
    """Return where the copy of a notebook lies that can be opened alone.

    >>> standalone_path("exercises/03_shapes/03_shapes.ipynb")
    'exercises/03_shapes.ipynb'
    """
    parts = path.split("/")
    return f"{parts[0]}/{parts[-1]}"


def read(root: Path):
    """Return the `Address` that pyproject.toml has.

    Raises:
        AuthoringError: it is no address on GitHub.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Address(valid(project["urls"]["Repository"]), project.get("version", ""))


def valid(repository):
    """Return the address of a repository, without a slash at its end.

    Raises:
        AuthoringError: it is no address on GitHub.
    """
    plain = repository.strip().removesuffix("/").removesuffix(".git")
    if not GITHUB.fullmatch(plain):
        raise AuthoringError(f"{repository!r} is no address such as https://github.com/YOU/cnnedu")
    return plain


def change(root: Path, repository):
    """Write another address into pyproject.toml.

    Raises:
        AuthoringError: it is no address on GitHub, or pyproject.toml can't be changed.
    """
    path = root / "pyproject.toml"
    text, new = path.read_text(encoding="utf-8"), valid(repository)
    old = tomllib.loads(text)["project"]["urls"]["Repository"]
    changed = text.replace(f'"{old}"', f'"{new}"')
    if changed == text and old != new:
        raise AuthoringError(f'pyproject.toml has no line with "{old}" in double quotes')
    write_whole(path, changed.encode())
