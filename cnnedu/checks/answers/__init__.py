"""The right answers to each exercise, and the well-known mistakes.

Each module has the functions that a solution is compared with, under their own names; `BY_HAND`,
the values worked out by hand, with `BY_HAND_MISTAKES`, pairs (wrong value, what to say); and
`MISTAKES`, the well-known wrong answers of each function.
"""
