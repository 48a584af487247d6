"""For authors: build the notebooks from `sources/`."""
