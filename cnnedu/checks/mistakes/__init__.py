"""The well-known wrong answers, one module per lesson, and what to tell a student who gives one."""

from cnnedu.checks.mistakes.convolution_by_hand import CORRELATE2D, FLIP

__all__ = ["CORRELATE2D", "FLIP"]
