"""CIFAR-10: 60,000 real colour pictures of 32×32 pixels in ten classes.

Krizhevsky, "Learning Multiple Layers of Features from Tiny Images" (2009),
https://www.cs.toronto.edu/~kriz/cifar.html. In the binary version each picture is one byte
of label and 3,072 bytes of pixels: first all red, then all green, then all blue.
"""

import gzip
import os
import tarfile
import tempfile
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pooch
from filelock import FileLock, Timeout

from cnnedu.data.cifar10_check import Check
from cnnedu.data.download import DataError, fetch, writing

URL = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"
MD5 = "c32a1d4ab5d03f1284b67883e8d87530"
ARCHIVE = "cifar-10-binary.tar.gz"
FOLDER = "cifar-10-batches-bin"
TRAIN_FILES = tuple(f"data_batch_{i}.bin" for i in range(1, 6))
TEST_FILE = "test_batch.bin"
PICTURES_PER_FILE = 10_000

CLASSES = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)  # fmt: skip
# Mean and standard deviation of the training pixels: red, green, blue, on the scale 0 to 1.
MEAN = (0.4914, 0.4822, 0.4465)
STD = (0.2470, 0.2435, 0.2616)


class CIFAR10(NamedTuple):
    """The pictures and labels, as `load` returns them."""

    x_train: np.ndarray  # (50000, 3, 32, 32) uint8, 0 to 255
    y_train: np.ndarray  # (50000,) int64, 0 to 9: the index into CLASSES
    x_test: np.ndarray  # (10000, 3, 32, 32) uint8
    y_test: np.ndarray  # (10000,) int64


def load(download=False):
    """Read CIFAR-10 into memory (185 MB; the pixels stay uint8).

    It looks in the folder named by the environment variable CNNEDU_DATA, then in this user's
    cache; in each, for the folder `cifar-10-batches-bin` and then for the official archive,
    which is verified and unpacked where it is.

    Args:
        download: fetch the official archive (170 MB) if the data is in neither place.

    Returns:
        `CIFAR10(x_train, y_train, x_test, y_test)`.

    Raises:
        DataError: the data is missing, damaged, or can't be downloaded.
    """
    folder = _ready(download)
    files = len(TRAIN_FILES) + 1
    x = np.empty((files, PICTURES_PER_FILE, 3, 32, 32), np.uint8)
    y = np.empty((files, PICTURES_PER_FILE), np.int64)
    for i, records in enumerate(_whole_files(folder)):
        y[i], x[i].reshape(PICTURES_PER_FILE, -1)[:] = records[:, 0], records[:, 1:]
    return CIFAR10(x[:-1].reshape(-1, 3, 32, 32), y[:-1].reshape(-1), x[-1], y[-1])


def download():
    """Fetch CIFAR-10 if it isn't here yet, and return the folder with its files.

    It goes into the folder named by CNNEDU_DATA, or else into this user's cache. If two
    processes ask at the same time, it is downloaded once.

    Raises:
        DataError: no network, an answer such as 404, a wrong checksum, a full disk; or what is
            here already is damaged.
    """
    folder = _ready(download=True)
    for _ in _whole_files(folder):
        pass
    return folder


def find():
    """Return the folder or archive that `load` would read, or None if there is neither.

    That it is there doesn't mean that it is whole: see `damage`.
    """
    for place in _places():
        for path in (place / FOLDER, place / ARCHIVE):
            if os.path.lexists(path):
                return path
    return None


def damage(path):
    """Return in one line what is wrong with the data that `find` found, or "" if it is whole.

    It reads all of it, which takes less than a second once the files are in memory.
    """
    try:
        if path.name == ARCHIVE:
            _verify(path)
        else:
            for _ in _whole_files(path):
                pass
    except DataError as problem:
        return str(problem)
    return ""


def _places():
    """Return the folders to look in; a download goes into the first."""
    chosen = os.environ.get("CNNEDU_DATA")
    places = [os.path.expanduser(chosen)] if chosen else []
    # Who has no home folder has no cache, and "~" is left as it is.
    return [Path(p) for p in (*places, pooch.os_cache("cnnedu")) if not str(p).startswith("~")]


def _ready(download):
    """Return the folder with the .bin files, downloading and unpacking as needed."""
    found, places = find(), _places()
    if found is not None and found.name == FOLDER:
        return found
    if not places:
        raise DataError(
            "you have no home folder, so there is no place for CIFAR-10: set CNNEDU_DATA to a "
            "folder that holds it, or in which you may write"
        )
    if found is None and not download:
        raise DataError(
            f"CIFAR-10 is not in {' or '.join(map(str, places))}: run `cnnedu download` "
            f"(170 MB), or set CNNEDU_DATA to the folder that holds {FOLDER}"
        )
    place = found.parent if found else places[0]
    with writing(place):
        place.mkdir(parents=True, exist_ok=True)
        lock = FileLock(place / ".cifar10.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            print("Another notebook or terminal is downloading CIFAR-10: waiting for it.")
            lock.acquire()
    with lock:
        return _unpacked(place)


def _unpacked(place):
    """Fetch and unpack in `place` what isn't there yet; the caller holds the lock."""
    folder, archive = place / FOLDER, place / ARCHIVE
    if folder.exists():  # another process was faster
        return folder
    ours = not archive.exists()
    if ours:
        fetch(URL, MD5, archive)
    else:
        _verify(archive)
    _unpack(archive, folder)
    if ours:
        archive.unlink()
    return folder


def _verify(archive):
    """Refuse anything but the official archive."""
    try:
        md5 = pooch.file_hash(archive, alg="md5")
    except OSError as problem:
        raise DataError(f"cannot read {archive} ({problem.strerror})") from problem
    if md5 != MD5:
        raise DataError(
            f"{archive} is not the official archive, or not all of it (its md5 should be "
            f"{MD5}): delete it and run `cnnedu download`"
        )


def _unpack(archive, folder):
    """Unpack only the files we read, by name, and move them into place in one step."""
    wanted = {f"{FOLDER}/{name}" for name in (*TRAIN_FILES, TEST_FILE)}
    with (
        writing(archive.parent),
        tempfile.TemporaryDirectory(prefix=".unpacking-", dir=archive.parent) as workplace,
    ):
        try:
            with tarfile.open(archive) as tar:
                for member in tar:
                    if member.name in wanted:
                        if not member.isfile() or member.size != PICTURES_PER_FILE * 3073:
                            raise DataError(f"{archive}: {member.name} is not a CIFAR-10 batch")
                        tar.extract(member, workplace, filter="data")
                        wanted.remove(member.name)
        except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as problem:
            raise DataError(f"{archive} is damaged: delete it and try again") from problem
        if wanted:
            raise DataError(f"{archive}: {min(wanted)} is missing from it")
        os.rename(Path(workplace) / FOLDER, folder)


def _whole_files(folder):
    """Yield the records (N, 3073) of each file in turn, the test file last.

    Raises:
        DataError: a file is missing or damaged.
    """
    check, labels = Check(len(CLASSES)), []
    remedy = f"delete the folder {folder} and run `cnnedu download`"
    for name in (*TRAIN_FILES, TEST_FILE):
        records = _read(folder / name, remedy)
        fault = check.fault(name, records)
        if fault:
            raise DataError(f"{folder / name} is damaged ({fault}): {remedy}")
        labels.append(records[:, 0])
        yield records
    for part in (np.concatenate(labels[:-1]), labels[-1]):
        fault = check.uneven(part)
        if fault:
            raise DataError(f"{folder} is damaged ({fault}): {remedy}")


def _read(path, remedy):
    """Read the records (N, 3073) of one batch file."""
    try:
        raw = np.fromfile(path, np.uint8)
    except OSError as problem:
        raise DataError(f"cannot read {path} ({problem.strerror}): {remedy}") from problem
    if raw.size != PICTURES_PER_FILE * 3073:
        raise DataError(
            f"{path} has {raw.size:,} bytes instead of {PICTURES_PER_FILE * 3073:,}: {remedy}"
        )
    return raw.reshape(PICTURES_PER_FILE, 3073)
