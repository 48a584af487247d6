"""Write a file so that no reader, and no later run, ever finds half of it."""

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path, content):
    """Write the bytes `content` to `path`: all of them, or none if the process is killed meanwhile.

    They go to `path`.tmp, are forced to the disk, and then take the name `path` in one atomic step
    (`os.replace`), so that `path` holds either what it held before or `content`. If that fails, or
    the user stops it, `path`.tmp is deleted: it would fill a disk that is full already. Where
    `path` is a link, the file that it leads to is written; a pipe or a device gets the bytes.

    Raises:
        OSError: `path` can't be written.
    """
    path = Path(path).resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    temporary = path.with_name(path.name + ".tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except (OSError, KeyboardInterrupt):
        with suppress(OSError):
            temporary.unlink()
        raise
