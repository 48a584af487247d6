# loses 11-dropout-tests: scales and switches nothing off
# told: switched none of them off

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    out = x.astype(float)
    if training:
        out[out < p] = out[out < p]
        out = out / (1 - p)
    return out
