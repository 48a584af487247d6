"""The course's data sets."""
