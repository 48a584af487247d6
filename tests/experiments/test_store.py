import json

from cnnedu.experiments.store import save_parts


def test_parts_are_replaced_and_the_others_stay(tmp_path):
    path = tmp_path / "figures.json"
    save_parts(path, {"b": [1], "a": {"x": 2}})
    save_parts(path, {"b": [3]})
    assert json.loads(path.read_text()) == {"b": [3], "a": {"x": 2}}
    assert len(path.read_text().splitlines()) == 4
