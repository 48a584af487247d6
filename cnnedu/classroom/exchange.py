"""nbgrader's exchange, with a folder for each student: whose it is decides who handed in, and when.

In nbgrader's own exchange, everybody writes to one folder, and a submission is by whom its name
says, at the time that it says. Here a student's server shows only their own part of the exchange.
So no name can be forged, and nobody can look for another's work or feedback.
"""

import contextlib
import fnmatch
import heapq
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from cnnedu.grading.printable import printable
from cnnedu.grading.submitted_files import LARGEST_PATH, MOST_LOOKED_AT, TOO_MUCH, opened, walk

FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"  # of nbgrader's timestamps
UNDER_WAY = timedelta(minutes=1)  # how long a submission may take to arrive
TOLD = 10  # lines about a submission's files
MOST_SUBMISSIONS = 100  # of one student, the newest: looking at more would keep the others waiting


class Collect(ExchangeCollect):
    """Collects each student's submissions from their own folder.

    Links are never followed: what they lead to is another's. If the time that a submission gives is
    not the time when its files arrived, the latter counts. Nothing that one student puts there
    keeps another's work from being collected.
    """

    def init_src(self):
        """Find the submission of each student that counts."""
        super().init_src()  # checks the folders, reads the due date, and finds nothing
        chosen = self.coursedir.student_id if self.coursedir.student_id else "*"
        self.src_records = []
        for folder in sorted(Path(self.inbound_path).iterdir()):
            if fnmatch.fnmatchcase(folder.name, chosen):
                try:
                    records = sorted(self._records(folder), key=lambda record: record["timestamp"])
                except OSError as error:
                    self._not_collected(folder.name, error)
                    continue
                in_time = [one for one in records if self._in_time(one)]
                self.src_records += (in_time or records)[-1:]

    def _not_collected(self, name, error):
        self.log.warning("%s: not collected: %s", printable(name), error.strerror or error)

    def _in_time(self, record):
        return not (self.before_duedate and self.duedate and record["timestamp"] > self.duedate)

    def _records(self, folder):
        """Yield what nbgrader knows of each submission in a student's folder."""
        pattern = re.compile(
            rf"{re.escape(folder.name)}\+{re.escape(self.coursedir.assignment_id)}\+([^+]*)(\+.*)?"
        )
        paths = folder.iterdir()
        for path in heapq.nlargest(MOST_SUBMISSIONS, paths, lambda one: one.lstat().st_ctime_ns):
            if found := pattern.fullmatch(path.name):
                when = arrival(path, found[1])
                if when is None:
                    self.log.warning("%s can't be read as a folder: not collected", printable(path))
                    continue
                name = f"{folder.name}/{path.name}"
                record = {"username": folder.name, "filename": name, "timestamp": when}
                yield record | {"claimed": found[1]}
            elif "+" in path.name and not path.name.startswith(f"{folder.name}+"):
                self.log.warning(
                    "%s has put %s into the exchange, as if by somebody else: not collected",
                    *(folder.name, printable(path.name)),
                )

    def do_copy(self, src, dest, log=None):
        """Copy a submission, and write down when it was handed in.

        All of it appears at once: what is stopped on the way isn't taken for a submission.
        """
        limit = 1000 * self.coursedir.max_dir_size
        partial = Path(f"{dest}.partial")
        found = next(one for one in self.src_records if str(src).endswith(one["filename"]))
        try:
            shutil.rmtree(partial, ignore_errors=True)
            left_out = copy(src, partial, self.coursedir.ignore, limit)
            # Somebody may have changed it since its time was read.
            when = max(found["timestamp"], arrival(src, found["claimed"]) or found["timestamp"])
            Path(partial, "timestamp.txt").write_text(when.strftime(FORMAT), encoding="utf-8")
            partial.replace(dest)
        except OSError as error:
            self._not_collected(Path(src).name, error)
            return
        for line in left_out[:TOLD]:
            self.log.warning("%s: %s", printable(Path(src).name), line)
        if len(left_out) > TOLD:
            number = len(left_out) - TOLD
            self.log.warning("%s: %d more were left out", printable(Path(src).name), number)

    # The folder says whose a submission is; here everybody's files have the same owner.
    check_owner = False


class ReleaseFeedback(ExchangeReleaseFeedback):
    """Puts each student's feedback into their own folder."""

    def copy_files(self):
        """Copy the pages that nbgrader has made; nbgrader looks for them by these names."""
        excluded = set(filter(None, self.coursedir.student_id_exclude.split(",")))
        places = self.coursedir.format_path(
            self.coursedir.feedback_directory, "*", self.coursedir.assignment_id
        )
        above, _, below = places.partition("*")
        chosen = self.coursedir.student_id if self.coursedir.student_id else "*"
        for own in sorted(Path(self.outbound_feedback_path).iterdir()):
            source = Path(f"{above}{own.name}{below}")
            if own.name in excluded or not fnmatch.fnmatchcase(own.name, chosen):
                continue
            try:
                self._release(source, own)
            except (OSError, UnicodeError) as error:
                self.log.warning("%s: no feedback released: %s", own.name, printable(error))

    def _release(self, source, own):
        """Copy one student's pages into their folder; the student has made some of the files."""
        pages = [path for path in sorted(source.glob("*.html")) if path.is_file()]
        if not pages:
            return
        secret = (source / "submission_secret.txt").read_text(encoding="utf-8")
        if not secret:
            raise OSError(0, "submission_secret.txt is empty")
        for page in pages:
            name = notebook_hash(secret=secret, notebook_id=page.stem)
            partial = own / f"{name}-tmp.html"
            shutil.copyfile(page, partial)
            partial.replace(own / f"{name}.html")
            self.log.info("Released to %s: %s", own.name, page.name)


def arrival(folder, claimed):
    """Return when a submission was handed in, as a naive datetime in UTC; None if unreadable.

    That is the time `claimed`, if its files arrived within a minute after it, else the time when
    the last of them did. The kernel keeps that time (ctime), and nobody can set it.
    """
    folder = Path(folder)
    if folder.is_symlink() or not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        return None
    last = folder.lstat().st_ctime
    for path, _ in walk(folder, []):
        with contextlib.suppress(OSError):
            last = max(last, path.lstat().st_ctime, path.parent.lstat().st_ctime)
    arrived = datetime.fromtimestamp(last, UTC).replace(tzinfo=None)
    try:
        said = datetime.strptime(claimed, FORMAT)
    except ValueError:
        return arrived
    return said if timedelta(0) <= arrived - said <= UNDER_WAY else arrived


def copy(source, target, ignored, most):
    """Copy a folder's regular files; return a line for each thing that is left out.

    Its owner may change the folder at the same time: no link is ever followed.

    Args:
        source: the folder.
        target: a folder that isn't there yet.
        ignored: patterns of names to leave out.
        most: bytes of all files together.
    """
    source, target, left_out = Path(source), Path(target), []
    source = source.parent.resolve() / source.name
    target.mkdir(parents=True)
    for path, looked_at in walk(source, ignored):
        inside = path.relative_to(source)
        shown = printable(inside)
        if looked_at > MOST_LOOKED_AT:
            return [*left_out, f"{shown[:100]} and the files after it were left out: {TOO_MUCH}"]
        if len(os.fsencode(inside)) > LARGEST_PATH:
            left_out.append(f"{shown[:100]} was left out: its name is too long")
            continue
        try:
            data = _read(path, most)
        except OSError as error:
            left_out.append(f"{shown} was left out: {error.strerror or error}")
            continue
        most -= len(data)
        (target / inside).parent.mkdir(parents=True, exist_ok=True)
        (target / inside).write_bytes(data)
    return left_out


def _read(path, most):
    """Return the bytes of a regular file without a link in its path; `OSError` for all else."""
    with opened(path) as file:
        # While the folder was read, one in its path may have become a link.
        if os.readlink(f"/proc/self/fd/{file.fileno()}") != str(path):
            raise OSError(0, "it has moved")
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(0, "it is too large")
    return data
