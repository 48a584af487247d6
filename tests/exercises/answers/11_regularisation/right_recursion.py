# loses nothing: recursion, over axes and epochs

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    if dout.ndim:
        parts = [dropout_backward(*pair, training) for pair in ((d, p, n) for d, n in zip(dout, u))]
        return np.stack(parts)
    return dout / (1 - p * training) * (not training or u >= p)

# %% grade_id="11-augment"
def moved(rows, by):
    """Move a list down by one row at a time."""
    if by == 0 or len(rows) == 0:
        return rows
    nothing = np.zeros_like(rows[:1])
    if by > 0:
        return moved(np.concatenate([nothing, rows[:-1]]), by - 1)
    return moved(np.concatenate([rows[1:], nothing]), by + 1)


def augment(x, mirrored, down, right):
    if len(x) > 1:
        first = augment(x[:1], mirrored[:1], down[:1], right[:1])
        return np.concatenate([first, augment(x[1:], mirrored[1:], down[1:], right[1:])])
    z = np.flip(x[0], -1) if mirrored[0] else x[0]
    z = moved(z.transpose(1, 0, 2), down[0]).transpose(2, 1, 0)
    return moved(z, right[0]).transpose(1, 2, 0)[None]

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    if parameter.ndim == 1:
        return parameter * 0
    rows = [row * strength if row.ndim == 1 else l2_gradient(row, strength) for row in parameter]
    return np.array(rows)

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least, epoch=1, best=1, waited=0):
    if waited == patience or epoch == len(losses):
        return epoch, best
    if losses[epoch] < losses[best - 1] - least:
        return early_stop(losses, patience, least, epoch + 1, epoch + 1, 0)
    return early_stop(losses, patience, least, epoch + 1, best, waited + 1)
