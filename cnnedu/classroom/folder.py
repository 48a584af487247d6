"""The folder of a class: who is in it, their files, what they hand in, and the hub's own files."""

import contextlib
import csv
import io
import os
import secrets
from pathlib import Path

from cnnedu.classroom import roster
from cnnedu.data.whole_file import write_whole

COURSE_ID = "cnnedu"  # as in nbgrader_config.py
# Without the letters and digits that are mistaken for each other.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
SETTINGS = """\
\"\"\"The settings of this class. Add any JupyterHub setting below; docs/class.md shows which.\"\"\"

from cnnedu.classroom import hub

c = get_config()  # noqa: F821 (JupyterHub provides it)
hub.configure(c, folder={folder!r}, course={course!r})
"""


class Folder:
    """The folder of one class.

    Args:
        path: where it is.
    """

    def __init__(self, path):
        self.path = Path(path).resolve()
        self.settings = self.path / "jupyterhub_config.py"
        self.passwords = self.path / "passwords.csv"
        self.hub = self.path / "hub"
        self.database = self.hub / "jupyterhub.sqlite"
        self.exchange = self.path / "exchange" / COURSE_ID

    def people(self):
        """Return the `Person`s of the class."""
        return roster.read_stored(self.path / "roster.csv")

    def person(self, username):
        """Return one `Person`, or raise `KeyError`."""
        return {person.username: person for person in self.people()}[username]

    def usernames(self):
        """Return the usernames of the class as a set."""
        return {person.username for person in self.people()}

    def home(self, username):
        """Return the folder with somebody's own files."""
        return self.path / "homes" / username

    def inbound(self, username):
        """Return the folder in which a student hands in; only they and the teachers see it."""
        return self.exchange / "inbound" / username

    def feedback(self, username):
        """Return the folder with a student's feedback; only they and the teachers see it."""
        return self.exchange / "feedback" / username

    def first_passwords(self):
        """Return {username: password} of the passwords that the class began with.

        Raises:
            RosterError: somebody has changed the file, and it can't be read.
        """
        return {row["username"]: row["password"] for row in self._passwords()}

    def _passwords(self):
        if not self.passwords.exists():
            return []
        with open(self.passwords, encoding="utf-8", newline="", errors="replace") as file:
            rows = csv.DictReader(file)
            if not {"username", "password"} <= set(rows.fieldnames or ()):
                raise roster.RosterError(
                    f"{self.passwords} isn't as `cnnedu class setup` wrote it: its first line is "
                    "username,password,email, with commas"
                )
            return list(rows)

    def set_up(self, people, course):
        """Make what is missing for these `Person`s; change and delete nobody's files.

        Args:
            people: list of `Person`.
            course: the folder of the course.
        """
        for folder in (self.path, self.hub, self.exchange):
            folder.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o700)
        for name in ("outbound", "inbound", "feedback"):
            (self.exchange / name).mkdir(exist_ok=True)
        # nbgrader wants an exchange that everybody may write to; nobody else can get to it here.
        self.exchange.parent.chmod(0o777)
        for person in people:
            for of in (self.home, self.inbound, self.feedback):
                of(person.username).mkdir(parents=True, exist_ok=True)
        roster.write(people, self.path / "roster.csv")
        self._write_passwords(people)
        if not self.settings.exists():
            text = SETTINGS.format(folder=str(self.path), course=str(Path(course).resolve()))
            write_whole(self.settings, text.encode())

    def give_lessons(self, username, lessons):
        """Copy the lessons that somebody doesn't have into their home.

        The home is theirs: a link in it is never followed, and no file in it is overwritten.

        Raises:
            OSError: they can't be written there.
        """
        inside = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
        new = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with contextlib.ExitStack() as stack:

            def opened(path, flags, of=None):
                number = os.open(path, flags, dir_fd=of)
                stack.callback(os.close, number)
                return number

            home = opened(self.home(username), inside)
            with contextlib.suppress(FileExistsError):
                os.mkdir("lessons", dir_fd=home)
            own = opened("lessons", inside, home)
            for lesson in sorted(Path(lessons).glob("*.ipynb")):
                with contextlib.suppress(FileExistsError):
                    number = os.open(lesson.name, new, 0o644, dir_fd=own)
                    with open(number, "wb") as file:
                        file.write(lesson.read_bytes())

    def renew_password(self, username):
        """Give somebody on the roster a new first password, and return it.

        Raises:
            KeyError: nobody on the roster has this name.
        """
        self.person(username)
        password = new_password()
        self._write_passwords(self.people(), {username: password})
        return password

    def _write_passwords(self, people, new=None):
        """Write a first password for everybody; those who have one keep it, also off the roster."""
        rows = {row["username"]: row for row in self._passwords()}
        for person in people:
            row = rows.setdefault(person.username, {"password": new_password()})
            row |= {"username": person.username, "email": person.email}
        for username, password in (new or {}).items():
            rows[username]["password"] = password
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, ["username", "password", "email"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows.values())
        write_whole(self.passwords, text.getvalue().encode())
        self.passwords.chmod(0o600)


def new_password():
    """Return a random password of four groups of letters, worth 59 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(3)) for _ in range(4))
    return "-".join(groups)
