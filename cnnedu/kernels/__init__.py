"""Reference mathematics of the course in plain NumPy."""

from cnnedu.kernels.correlate import convolve2d, correlate2d

__all__ = ["convolve2d", "correlate2d"]
