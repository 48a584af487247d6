"""The course's pictures, drawn with matplotlib."""
