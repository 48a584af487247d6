"""The state of a run in one file, from which it continues as if it had never stopped.

The file is in the format safetensors, which holds numbers and text but, unlike pickle, no code. Its
tensors are `network/NAME`, `average/NAME`, `optimizer/NAME/STATE`, `rng`, `generator` and `losses`
(of each training picture when it was last seen). Its metadata are `record`, the settings that a
resumed run must share; `history`, the log so far, also as JSON; and `computed in`: "float32" or
"bfloat16".
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
    """Write everything that the rest of the run depends on, with `write_whole`."""
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
    """Restore the state of a run from `path`.

    Args:
        path: file written by `save_checkpoint`.
        network, average, optimizers, generator, losses: as for a new run; they are overwritten.
        record: the settings of the resumed run.

    Returns:
        The history, a list of dicts, and the precision that the run computes in, which measured
        again might come out differently.

    Raises:
        TrainingError: the file is damaged, from an earlier version, or from a run with other
            settings.
    """
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata()
            computed_in = metadata["computed in"]
            tensors = {name: file.get_tensor(name) for name in file.keys()}
    except (SafetensorError, KeyError) as problem:
        raise TrainingError(
            f"{path} is damaged or from an earlier version: delete its folder and start again "
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
    """Yield each trained parameter's name and its state in the optimizer that holds it."""
    names = {parameter: name for name, parameter in network.named_parameters()}
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                yield names[parameter], optimizer.state[parameter]


def _must_agree(path, before, now):
    """Raise an error if a setting differs from that of the stored run."""
    for key, value in now.items():
        if before.get(key) != value:
            raise TrainingError(
                f"{path.parent} was started with {key} {before.get(key)}, not {value}: repeat its "
                "first command with --resume added, or choose another --out"
            )
