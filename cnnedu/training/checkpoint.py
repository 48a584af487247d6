"""The state of a run in one file, from which it goes on as if it had never stopped.

The file is safetensors (numbers and text, never code, unlike pickle). Its tensors are
`network/NAME`, `optimizer/NAME/STATE` and `rng`; its metadata are `record`, the settings that a
resumed run must share, and `history`, the log so far, both as JSON.
"""

import json

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from cnnedu.training.files import write_whole
from cnnedu.training.settings import TrainingError


def save_checkpoint(path, network, optimizer, history, record):
    """Write everything the rest of the run depends on, atomically (see `write_whole`)."""
    tensors = {f"network/{name}": value for name, value in network.state_dict().items()}
    for name, parameter in network.named_parameters():
        for key, value in optimizer.state[parameter].items():
            tensors[f"optimizer/{name}/{key}"] = value
    tensors["rng"] = torch.get_rng_state()
    metadata = {"record": json.dumps(record), "history": json.dumps(history)}
    write_whole(path, save({k: v.contiguous() for k, v in tensors.items()}, metadata))


def load_checkpoint(path, network, optimizer, record):
    """Bring `network`, `optimizer` and the random numbers back to where `path` was written.

    Args:
        path: file written by `save_checkpoint`.
        network, optimizer: built as for a new run; overwritten.
        record: the settings asked for now.

    Returns:
        The history, list of dicts.

    Raises:
        TrainingError: the file is damaged, or was written under other settings.
    """
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata()
            tensors = {name: file.get_tensor(name) for name in file.keys()}
    except SafetensorError as problem:
        raise TrainingError(
            f"{path} is damaged: delete its folder and start again without --resume"
        ) from problem
    _must_agree(path, json.loads(metadata["record"]), record)
    network.load_state_dict(
        {name: tensors[f"network/{name}"] for name in network.state_dict()}, strict=True
    )
    for name, parameter in network.named_parameters():
        prefix = f"optimizer/{name}/"
        for key in (k for k in tensors if k.startswith(prefix)):
            optimizer.state[parameter][key.removeprefix(prefix)] = tensors[key]
    torch.set_rng_state(tensors["rng"])
    return json.loads(metadata["history"])


def _must_agree(path, before, now):
    """Complain about the first setting in which the run differs from what is asked for now."""
    for key, value in now.items():
        if before.get(key) != value:
            raise TrainingError(
                f"{path.parent} was started with {key} {before.get(key)}, not {value}: repeat its "
                "first command with --resume added, or choose another --out"
            )
