"""Algorithms that lessons teach beyond classification: detection, segmentation, faces, transfer."""
