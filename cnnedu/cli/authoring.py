"""The author's commands: `notebooks`, `address`, `site`."""

import contextlib
from pathlib import Path

import click

from cnnedu.cli.group import main


@contextlib.contextmanager
def _explained(stopped):
    """Turn an author's mistake into one line; say `stopped` if the user stops the command."""
    from cnnedu.authoring.source import AuthoringError

    try:
        yield
    except BrokenPipeError:
        raise
    except (AuthoringError, OSError) as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        click.echo(f"\nStopped. {stopped}", err=True)
        raise SystemExit(130) from None


def _write_pages(root):
    """Write the pages that are built from tables and from pyproject.toml."""
    from cnnedu.authoring import citation, glossary, readme
    from cnnedu.data.whole_file import write_whole

    write_whole(root / "README.md", readme.readme(root).encode())
    write_whole(root / "docs/glossary.md", glossary.glossary(root).encode())
    write_whole(root / "CITATION.cff", citation.citation(root).encode())


@main.command(extra="authoring")
@click.argument("number", default="")
def notebooks(number):
    """Rebuild the notebooks and the README from sources/.

    With NUMBER, only the notebooks whose names begin with it are rebuilt.
    """
    from cnnedu.authoring import build
    from cnnedu.authoring.poster import poster
    from cnnedu.data.whole_file import write_whole

    root = Path.cwd()
    with _explained("All notebooks but the last one named are rebuilt."):
        for target in build.targets(root, number):
            click.echo(target.shown)
            build.build(target)
        if not number:
            write_whole(root / "docs/course.gif", poster())
        _write_pages(root)


@main.command(extra="authoring")
@click.argument("url", default="")
def address(url):
    """Say where the course is published, or move it to URL.

    URL is the repository's, such as https://github.com/YOU/cnnedu. It is written to pyproject.toml,
    and from there to the badges, the first cells of the notebooks and CITATION.cff; no notebook is
    run. The exit code is 1 as long as nobody has said where the course will be.
    """
    from cnnedu.authoring import address, build
    from cnnedu.authoring.source import AuthoringError

    root = Path.cwd()
    with _explained("The same command goes on."):
        if url:
            before = address.read(root).repository
            address.change(root, url)
            try:
                build.keep_outputs(root)
            except AuthoringError:  # then nothing is written
                address.change(root, before)
                raise
            _write_pages(root)
        place = address.read(root)
    if place.is_placeholder:
        raise click.ClickException(
            f"{place.repository} is a placeholder: `cnnedu address https://github.com/YOU/cnnedu` "
            "says where the course will be. Until then, nothing is published."
        )
    click.echo(f"repository  {place.repository}")
    click.echo(f"site        {place.site}")
    click.echo(f"Binder      {place.binder(address.FIRST_LESSON)}")
    click.echo(f"Colab       {place.colab(address.FIRST_LESSON)}")


@main.command(extra="site")
@click.option("--out", default="build/site", show_default=True, help="A new folder or an old site.")
def site(out):
    """Build the course as static pages, from the stored notebooks; nothing is run.

    The pages work from a folder on disk and below any address. A link that leads nowhere stops the
    build; links to other sites are listed, but not tried.
    """
    from cnnedu.authoring.site.build import build

    with _explained("What there is of the site is incomplete."):
        external = build(Path.cwd(), Path(out))
    hosts = sorted({link.split("/")[2] for link in external if "//" in link})
    click.echo(f"{len(external)} links lead to other sites: {', '.join(hosts)}.")
    click.echo(f"Open {out}/index.html in a browser.")
