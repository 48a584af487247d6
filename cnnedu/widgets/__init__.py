"""Interactive pieces of the course: one page of Python and one page of JavaScript each."""
