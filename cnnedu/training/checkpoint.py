"""The state of a run in one file, from which it goes on as if it had never stopped.

The file is safetensors (numbers and text, never code, unlike pickle). Its tensors are
`network/NAME`, `average/NAME`, `optimizer/NAME/STATE`, `rng`, `generator` and `losses` (of each
training picture, when last seen); its metadata are `record`, the settings that a resumed run must
share, and `history`, the log so far, both as JSON, and `computed in`: "float32" or "bfloat16".
"""

import json

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from cnnedu.training.files import write_whole
from cnnedu.training.settings import TrainingError


def save_checkpoint(
    path, network, average, optimizers, generator, losses, history, record, computed_in
):
    """Write everything the rest of the run depends on, atomically (see `write_whole`)."""
    tensors = {f"network/{name}": value for name, value in network.state_dict().items()}
    tensors |= {f"average/{name}": value for name, value in average.state_dict().items()}
    for name, state in _states(network, optimizers):
        tensors |= {f"optimizer/{name}/{key}": value for key, value in state.items()}
    tensors["rng"] = torch.get_rng_state()
    tensors["generator"] = generator.get_state()
    tensors["losses"] = losses
    metadata = {
        "record": json.dumps(record),
        "history": json.dumps(history),
        "computed in": computed_in,
    }
    write_whole(path, save({k: v.contiguous() for k, v in tensors.items()}, metadata))


def load_checkpoint(path, network, average, optimizers, generator, losses, record):
    """Bring network, average, optimizers and random numbers back to where `path` was written.

    Args:
        path: file written by `save_checkpoint`.
        network, average, optimizers, generator, losses: made as for a new run; overwritten.
        record: the settings asked for now.

    Returns:
        The history, list of dicts, and what the run computes in: what is the fastest may be found
        otherwise another time.

    Raises:
        TrainingError: the file is damaged, of an earlier version, or of a run with other settings.
    """
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata()
            computed_in = metadata["computed in"]
            tensors = {name: file.get_tensor(name) for name in file.keys()}
    except (SafetensorError, KeyError) as problem:
        raise TrainingError(
            f"{path} is damaged, or of an earlier version: delete its folder and start again "
            "without --resume"
        ) from problem
    _must_agree(path, json.loads(metadata["record"]), record)
    for kind, module in (("network", network), ("average", average)):
        module.load_state_dict({name: tensors[f"{kind}/{name}"] for name in module.state_dict()})
    for name, state in _states(network, optimizers):
        prefix = f"optimizer/{name}/"
        for key in (k for k in tensors if k.startswith(prefix)):
            state[key.removeprefix(prefix)] = tensors[key].to(network.get_parameter(name).device)
    torch.set_rng_state(tensors["rng"])
    generator.set_state(tensors["generator"])
    losses.copy_(tensors["losses"])
    return json.loads(metadata["history"]), computed_in


def _states(network, optimizers):
    """Yield each learnt parameter's name and its state in the optimizer that holds it."""
    names = {parameter: name for name, parameter in network.named_parameters()}
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                yield names[parameter], optimizer.state[parameter]


def _must_agree(path, before, now):
    """Complain about the first setting in which the run differs from what is asked for now."""
    for key, value in now.items():
        if before.get(key) != value:
            raise TrainingError(
                f"{path.parent} was started with {key} {before.get(key)}, not {value}: repeat its "
                "first command with --resume added, or choose another --out"
            )
