"""Write CITATION.cff from `pyproject.toml`."""

import tomllib
from pathlib import Path

from cnnedu.authoring import address

TEXT = """\
cff-version: 1.2.0
message: If you use this course, please cite it as below.
title: "{title}"
abstract: "{description}"
type: software
authors:
  - name: {authors}
version: {version}
license:
  - BSD-3-Clause
  - CC-BY-4.0
repository-code: {repository}
url: {site}
keywords:
  - convolutional neural networks
  - Jupyter notebooks
  - education
"""


def citation(root: Path):
    """Return the text of CITATION.cff."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    place = address.read(root)
    return TEXT.format(
        title=project["description"].partition(":")[0],
        description=project["description"],
        authors=project["authors"][0]["name"],
        version=project["version"],
        repository=place.repository,
        site=place.site,
    )
