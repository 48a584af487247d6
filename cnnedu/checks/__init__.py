"""What exercises call to compare an answer with the reference and say what is wrong with it."""
