"""The state of a run in one file, from which it continues as if it had never stopped.

The file is in the format safetensors, which holds numbers and text but, unlike pickle, no code. Its
tensors are `network/NAME`, `average/NAME`, `optimizer/NAME/STATE`, `rng`, `generator` and `losses`
(of each training picture when it was last seen). Its metadata are `record`, the settings that a
resumed run must share; `history`, the log so far, also as JSON; `computed in`: "float32" or
"bfloat16"; and `checksum`, of all tensors, because the format has none: a disk that failed leaves
zeros.
"""

import json
import zlib

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from cnnedu.data.whole_file import write_whole
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
    tensors = {name: value.contiguous() for name, value in tensors.items()}
    metadata = {
        "record": json.dumps(record),
        "history": json.dumps(history),
        "computed in": computed_in,
        "checksum": _checksum(tensors),
    }
    write_whole(path, save(tensors, metadata))


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
    useless = TrainingError(
        f"{path} is damaged or from an earlier version: delete its folder and start again without "
        "--resume"
    )
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}
        before, history = json.loads(metadata["record"]), json.loads(metadata["history"])
        computed_in, checksum = metadata["computed in"], metadata["checksum"]
    except (SafetensorError, KeyError, ValueError) as problem:
        raise useless from problem
    if before.keys() != record.keys() or checksum != _checksum(tensors):
        raise useless
    _must_agree(path, before, record)
    try:
        for kind, module in (("network", network), ("average", average)):
            module.load_state_dict(_named(tensors, kind))
    except RuntimeError as problem:  # the network of this name was another one then
        raise useless from problem
    for name, state in _states(network, optimizers):
        for key, value in _named(tensors, f"optimizer/{name}").items():
            state[key] = value.to(network.get_parameter(name).device)
    torch.set_rng_state(tensors["rng"])
    generator.set_state(tensors["generator"])
    losses.copy_(tensors["losses"])
    return history, computed_in


def _named(tensors, kind):
    """Return the tensors whose names begin with `kind`/, without that beginning."""
    prefix = f"{kind}/"
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}


def _checksum(tensors):
    """Return eight hexadecimal digits that change with the tensors' contents."""
    crc = 0
    for name in sorted(tensors):
        content = tensors[name].cpu().flatten().view(torch.uint8).numpy()
        crc = zlib.crc32(content, crc)
    return f"{crc:08x}"


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
        if before[key] != value:
            raise TrainingError(
                f"{path.parent} was started with {key} {before[key]}, not {value}: repeat its "
                "first command with --resume added, or delete the folder, or choose another --out"
            )
