"""Lesson 17's faces by seed: each distance is measured, and learning helps."""

from cnnedu.experiments import l17_faces


def test_each_distance_is_measured(monkeypatch):
    monkeypatch.setattr(l17_faces, "FACE_STEPS", 40)
    found = l17_faces.faces(0)
    assert list(found) == list(l17_faces.figures["faces"])
    assert 0 < found["trained"] < found["random weights"] < 0.5
