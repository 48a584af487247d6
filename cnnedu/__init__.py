"""Helper package of the course: reference kernels, data, widgets, training and grading.

Importing `cnnedu` loads nothing heavy; import the part you need, for example
`from cnnedu import kernels`.
"""

__version__ = "0.1.0"
