"""A disk that loses power: what is left of a folder if everything unsynced is lost."""

import itertools
import os
import shutil
from contextlib import contextmanager

import sqlalchemy.event
import sqlalchemy.orm

NAMES, NOTHING = "names", "nothing"  # what survives of the unsynced changes


class Disk:
    """Watches a folder while this process writes to it.

    A file's content is safe once `os.fsync` was called on the file, a folder's list of names once
    it was called on the folder, and the database after each commit (another test checks whether
    SQLite itself syncs enough). `moments` says what was safe before and after each step.
    """

    def __init__(self, root, database):
        self.root, self.database = root, database
        self.contents, self.names = {}, {}
        self.moments = []
        self._held = []  # open descriptors, so that no inode number is used twice
        for top, _, files in os.walk(root):
            for path in [top, *(os.path.join(top, file) for file in files)]:
                self._sync(os.open(path, os.O_RDONLY))

    @contextmanager
    def watching(self, monkeypatch):
        """Note what is safe before and after each step that changes something."""
        fsync, committed = os.fsync, self._committed

        def noted(function):
            def step(*arguments, **named):
                self._note()
                function(*arguments, **named)
                self._note()

            return step

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", noted(lambda file: (fsync(file), self._sync(os.dup(file)))))
            for name in ("rename", "replace"):
                patch.setattr(os, name, noted(getattr(os, name)))
            # What is removed keeps its inode numbers: it is moved out of sight.
            bin_ = self.root.with_name("removed")
            bin_.mkdir()
            number = itertools.count()
            rename = os.rename

            def remove(path, ignore_errors=False):
                if os.path.exists(path):
                    rename(path, bin_ / str(next(number)))

            patch.setattr(shutil, "rmtree", remove)
            sqlalchemy.event.listen(sqlalchemy.orm.Session, "after_commit", committed)
            try:
                yield
            finally:
                sqlalchemy.event.remove(sqlalchemy.orm.Session, "after_commit", committed)
                self._note()
                for descriptor in self._held:
                    os.close(descriptor)

    def restore(self, moment, survives, folder):
        """Write to `folder` what is left if the power fails at a moment."""
        contents, safe, seen = moment
        names = seen if survives == NAMES else safe

        def write(number, place):
            place.mkdir(parents=True, exist_ok=True)
            for name, (inside, is_folder) in names.get(number, {}).items():
                if is_folder:
                    write(inside, place / name)
                else:
                    (place / name).write_bytes(contents.get(inside, b""))

        write(os.stat(self.root).st_ino, folder)

    def _sync(self, descriptor):
        self._held.append(descriptor)
        number = os.fstat(descriptor).st_ino
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        if os.path.isdir(path):
            self.names[number] = _entries(path)
        else:
            with open(path, "rb") as file:
                self.contents[number] = file.read()

    def _committed(self, session):
        self._note()
        self.contents[os.stat(self.database).st_ino] = self.database.read_bytes()
        self._note()

    def _note(self):
        seen = {os.stat(top).st_ino: _entries(top) for top, _, _ in os.walk(self.root)}
        moment = (dict(self.contents), dict(self.names), seen)
        if moment not in self.moments[-1:]:
            self.moments.append(moment)


def _entries(folder):
    with os.scandir(folder) as found:
        return {entry.name: (entry.inode(), entry.is_dir()) for entry in found}
