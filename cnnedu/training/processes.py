"""Several processes that train one network together, on one machine or on many.

`torchrun` starts the processes and gives each a number. Every process holds the whole network and
all pictures, draws the same random numbers, and trains on its part of each batch. The gradients are
averaged, so all processes have the same weights: those that one process would get from the whole
batch.
"""

import os
from contextlib import contextmanager

import torch
import torch.distributed as dist
from torch import nn


def device():
    """Return where this process computes: on its own GPU if there is one, else on the CPU."""
    if not torch.cuda.is_available():
        return torch.device("cpu")
    return torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)))


@contextmanager
def joined():
    """Join the other processes if torchrun started this one; otherwise work alone."""
    if not dist.is_torchelastic_launched() or dist.is_initialized():
        yield
        return
    dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
    try:
        yield
    finally:
        dist.destroy_process_group()


def count():
    """Return the number of processes."""
    return dist.get_world_size() if dist.is_initialized() else 1


def is_first():
    """Return whether this is the process that writes files and prints."""
    return os.environ.get("RANK", "0") == "0"


def my_part(batch):
    """Return this process's part of a tensor (N, …): about N / count() of its rows."""
    return batch.tensor_split(count())[dist.get_rank()] if count() > 1 else batch


def summed(*numbers):
    """Return each number summed over all processes."""
    return tuple(tensor_summed(torch.tensor(numbers, dtype=torch.float64)).tolist())


def tensor_summed(x):
    """Return a tensor summed over all processes; x stays as it is."""
    if count() == 1:
        return x
    total = x.to(device(), copy=True)
    dist.all_reduce(total)
    return total.to(x.device)


def wait():
    """Wait until every process has got here."""
    if count() > 1:
        dist.barrier()


def data_parallel(network):
    """Return a module that computes what `network` does and averages gradients over processes."""
    if count() == 1:
        return network
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.__class__ = SharedBatchNorm2d
    return nn.parallel.DistributedDataParallel(network, forward_sync_buffers=False)


class Summed(torch.autograd.Function):
    """The sum of a tensor over all processes; its gradient is summed too, as all of them use it."""

    @staticmethod
    def forward(_, x):
        """Return the sum; x stays as it is."""
        total = x.clone()
        dist.all_reduce(total)
        return total

    @staticmethod
    def backward(_, dout):
        """Return the sum of the gradients."""
        return Summed.apply(dout)


class SharedBatchNorm2d(nn.BatchNorm2d):
    """Batch norm over the whole batch, of which each process holds a part.

    PyTorch's `SyncBatchNorm` does this on GPUs only.
    """

    def forward(self, x):
        """Return x (N, C, H, W) normalised by the mean and variance over all processes."""
        if not self.training:
            return super().forward(x)
        wide = x.to(self.weight.dtype)
        pixels = Summed.apply(torch.tensor(x.numel() / x.shape[1], device=x.device))
        mean = Summed.apply(wide.sum((0, 2, 3))) / pixels
        centred = wide - mean[:, None, None]
        variance = Summed.apply((centred**2).sum((0, 2, 3))) / pixels
        with torch.no_grad():
            self.num_batches_tracked += 1
            self.running_mean.lerp_(mean, self.momentum)
            self.running_var.lerp_(variance * pixels / (pixels - 1), self.momentum)
        scale = self.weight * (variance + self.eps).rsqrt()
        return (centred * scale[:, None, None] + self.bias[:, None, None]).to(x.dtype)
