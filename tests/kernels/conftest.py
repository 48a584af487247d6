import numpy as np
import pytest
import torch
from hypothesis import settings
from threadpoolctl import threadpool_limits

# the arrays are tiny, so more threads would only wait for each other
threadpool_limits(1)
torch.set_num_threads(1)
settings.register_profile("kernels", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("kernels")

TOLERANCE = {np.dtype(np.float64): 1e-10, np.dtype(np.float32): 1e-5}


def _assert_matches(got, expected, what=""):
    """Assert the shape and type of a torch tensor, and its values relative to the largest."""
    expected = expected.detach().numpy()
    assert got.shape == expected.shape, what
    assert got.dtype == expected.dtype, what
    scale = np.abs(expected).max(initial=1.0, where=np.isfinite(expected))
    tolerance = TOLERANCE[expected.dtype] * scale
    np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance, err_msg=what)


@pytest.fixture(scope="session")
def assert_matches():
    return _assert_matches


@pytest.fixture(scope="session")
def torch_gradients():
    """Return the output of a torch function and its gradients with respect to float inputs."""

    def run(function, dout, *arrays):
        tensors = [torch.tensor(a, requires_grad=True) for a in arrays]
        out = function(*tensors)
        out.backward(torch.tensor(dout))
        return [t.grad for t in tensors]

    return run
