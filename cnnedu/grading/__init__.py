"""For instructors: grading with nbgrader."""
