# loses nothing: a progress bar and a picture inside the function

# %% grade_id="11-dropout-backward"
from tqdm import tqdm


def dropout_backward(dout, p, u, training):
    dx = np.array(dout, dtype=float)
    for place in tqdm(list(np.ndindex(u.shape))):
        if training:
            dx[place] *= (u[place] >= p) / (1 - p)
    return dx

# %% grade_id="11-augment"
import matplotlib.pyplot as plt

SHOWN = []


def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    out = np.zeros((N, C, 3 * H, 3 * W))
    for n, picture in tqdm(enumerate(x)):
        top, left = H + down[n], W + right[n]
        out[n, :, top : top + H, left : left + W] = picture[..., ::-1] if mirrored[n] else picture
    if not SHOWN:
        SHOWN.append(plt.imshow(out[0, 0]))
        plt.close()
    return out[:, :, H : 2 * H, W : 2 * W]

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    print(parameter.shape)
    gradient = np.full(parameter.shape, float(strength))
    gradient *= parameter
    gradient *= parameter.ndim >= 2
    return gradient

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    best, stop = 0, len(losses)
    for epoch in range(1, len(losses)):
        if losses[best] - least > losses[epoch]:
            print(f"epoch {epoch + 1}: {losses[epoch]:.3f}")
            best = epoch
        elif epoch - best == patience:
            stop = epoch + 1
            break
    return dict(stop=stop, best=best + 1)["stop"], best + 1
