# Let PyTorch do the work.
# ends: graded
# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    import torch

    return torch.conv2d(torch.tensor(x)[None, None], torch.tensor(w)[None, None], stride=stride)[0, 0]
