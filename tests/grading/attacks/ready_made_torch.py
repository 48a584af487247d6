# Let PyTorch do the work.
# ends: graded
# %% grade_id="01-correlate2d"
def correlate2d(x, w):
    import torch

    return torch.conv2d(torch.tensor(x)[None, None], torch.tensor(w)[None, None])[0, 0]
