"""The course's pictures, drawn with matplotlib in one style."""
