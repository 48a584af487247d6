"""Tell damaged CIFAR-10 files from whole ones, whoever made them.

Honest copies differ from the official files: ours went through JPEG, and others are shuffled. So
no checksum is compared, but the marks that damage leaves are looked for. A file whose transfer
broke off is too short, or full length and filled up with zeros; a block that the disk lost reads
as zeros; a file copied twice stands in for another.
"""

import zlib

import numpy as np

BLOCK = 4096  # bytes; disks and file systems lose whole blocks, larger than any picture
DEVIATIONS = 6  # chance alone moves a class's share that far once in 500 million


class Check:
    """Looks at the files of a data set one after another, each while it is in memory."""

    def __init__(self, classes):
        self.classes = classes
        self._seen = {}  # checksum: name

    def fault(self, name, records):
        """Return in a few words what is wrong with a file, or "".

        Args:
            name: the file's name.
            records: uint8 (N, 3073), label and pixels of each picture.
        """
        labels, pixels = records[:, 0], records[:, 1:]
        if labels.max() >= self.classes:
            return f"it has a label {labels.max()}, above {self.classes - 1}"
        whole = records.size // BLOCK * BLOCK
        blank = ~records.reshape(-1)[:whole].reshape(-1, BLOCK).any(axis=1)
        if blank.any():
            return f"its bytes from {blank.argmax() * BLOCK:,} on are zero"
        plain = (pixels == pixels[:, :1]).all(axis=1)
        if plain.any():
            return f"picture {plain.argmax()} is one colour all over"
        if len(records) > 1 and (records[1:] == records[:-1]).all(axis=1).mean() > 0.01:
            return "it holds the same picture over and over"
        checksum = zlib.crc32(records)
        if checksum in self._seen:
            return f"it is a copy of {self._seen[checksum]}"
        self._seen[checksum] = name
        return ""

    def uneven(self, labels):
        """Return what is wrong with the classes' shares of a set, or "".

        Each class has the same share of the official sets. One that is damaged loses this; one
        that was only divided anew stays within chance of it.
        """
        expected = len(labels) / self.classes
        spread = DEVIATIONS * np.sqrt(expected * (1 - 1 / self.classes))
        count = np.bincount(labels, minlength=self.classes)
        worst = np.abs(count - expected).argmax()
        if abs(count[worst] - expected) <= spread:
            return ""
        return f"{count[worst]:,} of {len(labels):,} labels are {worst}, not about {expected:,.0f}"
