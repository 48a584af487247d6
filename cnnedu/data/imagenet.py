"""The names of ImageNet's thousand classes. The pictures themselves may not be passed on."""

from importlib.resources import files

_LINES = (files(__package__) / "imagenet_classes.txt").read_text(encoding="utf-8").splitlines()
# In the order of a network's scores: 281 is "tabby cat", 967 is "espresso".
CLASSES = tuple(line.partition(" ")[2] for line in _LINES if not line.startswith("#"))
