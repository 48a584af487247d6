"""Lesson 15: how much is done to pictures, and to how many; its first picture needs no more."""

JUDGED = 1_000  # test pictures behind each point of a curve
EPSILONS = 0.0, 0.5, 1.0, 2.0, 4.0, 8.0  # grey levels
AMOUNTS = {
    "rotation": (-180, -135, -90, -60, -45, -30, -15, 0, 15, 30, 45, 60, 90, 135, 180),
    "scale": (0.4, 0.5, 0.6, 0.7, 0.85, 1.0, 1.2, 1.5, 1.8, 2.2),
    "shift": (-12, -9, -6, -4, -2, 0, 2, 4, 6, 9, 12),
    "noise": (0, 5, 10, 15, 20, 30, 40),
}
