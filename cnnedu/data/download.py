"""Download one file so that a broken connection costs nothing and half a file is never trusted."""

import errno
import os
import time
from contextlib import contextmanager
from pathlib import Path

import pooch

from cnnedu.data.connection import explanation, proxy_password

TIMEOUT = (10, 30)  # seconds: to connect, and between two pieces of the file
CHUNK = 1 << 13  # bytes; the most that a broken connection loses
PATIENCE = 3  # attempts in a row that bring nothing new


class DataError(RuntimeError):
    """Data is missing, damaged or out of reach; the message says in one line what to do."""


def fetch(url, md5, target):
    """Download `url` to `target`, with a progress bar, and verify it.

    What has arrived is kept in `target`.part. After a broken connection the download continues
    from there (HTTP Range), in this call or the next. `target` itself appears only when it is
    complete and its checksum is right, in one atomic move. pooch can't resume a download or lock
    it, so this function does the transfer; only one process at a time may call it.

    Args:
        url: where the file is, http or https.
        md5: its MD5 checksum, 32 hexadecimal digits.
        target: the path to write; its folder exists.

    Raises:
        DataError: no network, an answer such as 404, a wrong checksum, a full disk.
    """
    target = Path(target)
    part = target.with_name(target.name + ".part")
    with writing(target.parent):
        if not (part.exists() and pooch.file_hash(part, alg="md5") == md5):
            _transfer(url, part)
            found = pooch.file_hash(part, alg="md5")
            if found != md5:
                part.unlink()
                raise DataError(
                    f"what {url} sent is not the expected file (md5 {found}, expected {md5}), "
                    "perhaps your network's login page; it was deleted: try again"
                )
        os.replace(part, target)


@contextmanager
def writing(folder):
    """Turn a full disk or a folder without write permission into a one-line `DataError`."""
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DataError(
                f"no space left in {folder}: free 400 MB, or set CNNEDU_DATA to a folder "
                "that has it, then try again"
            ) from problem
        raise DataError(
            f"cannot write in {folder} ({problem.strerror or problem}): set CNNEDU_DATA to a "
            "folder in which you may write"
        ) from problem


def _transfer(url, part):
    """Bring the file `part` to its full length, continuing where a connection broke."""
    import requests

    longest, failures = _size(part), 0
    while True:
        try:
            return _one_request(url, part)
        except requests.HTTPError as problem:
            answer = problem.response
            if answer.status_code == 407:
                raise DataError(proxy_password(url)) from problem
            raise DataError(
                f"{url} answered {answer.status_code} {answer.reason}: try again later, or put "
                f"the file, from wherever you find it, into {part.parent}"
            ) from problem
        except requests.RequestException as problem:
            size = _size(part)
            # Compare with the longest so far: a server that always starts over and then breaks
            # must not keep us here for ever.
            failures = 0 if size > longest else failures + 1
            longest = max(longest, size)
            if failures == PATIENCE:
                raise DataError(_given_up(problem, url, size)) from problem
            time.sleep(failures)


def _given_up(problem, url, size):
    """Say in one line why a download was given up, what to do, and what is kept."""
    cause = explanation(problem, url)
    failed = f"the connection to {url} failed ({type(problem).__name__}): check the network"
    kept = f"; the {size / 1e6:.1f} MB that came are kept" if size else ""
    return (f"{cause}; then" if cause else f"{failed} and") + f" try again{kept}"


def _one_request(url, part):
    """Ask once for what is missing from `part` and append it."""
    from tqdm.auto import tqdm

    start = _size(part)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    with _response(url, headers) as response:
        if response.status_code == 416:  # nothing after `start`: what we have is a different file
            part.unlink()
            return _one_request(url, part)
        response.raise_for_status()
        resumed = response.headers.get("Content-Range", "").startswith(f"bytes {start}-")
        if response.status_code != 206 or not resumed:
            start = 0
        length = response.headers.get("Content-Length")
        with (
            open(part, "ab" if start else "wb") as file,
            tqdm(
                total=start + int(length) if length else None,
                initial=start,
                desc=Path(url).name,
                unit="B",
                unit_scale=True,
                mininterval=0.5,
            ) as bar,
        ):
            for chunk in response.iter_content(CHUNK):
                file.write(chunk)
                bar.update(len(chunk))


def _response(url, headers):
    """Ask a server; whatever goes wrong is a `requests.RequestException`."""
    import requests

    try:
        return requests.get(url, headers=headers, stream=True, timeout=TIMEOUT)
    except requests.RequestException:
        raise
    except OSError as problem:  # the file of certificates is missing or holds none
        raise requests.exceptions.SSLError(problem) from problem
    except ValueError as problem:  # an address that can't be parsed, as of a proxy
        raise requests.exceptions.InvalidProxyURL(problem) from problem


def _size(path):
    """Return the size of `path` in bytes, 0 if there is none."""
    return path.stat().st_size if path.exists() else 0
