# loses 16-features-tests: the first channel only
# told: You used the first channel alone

# %% grade_id="16-features"
def frozen_features(x, w, mean, var):
    out = np.zeros((len(x), len(w)))
    KH, KW = w.shape[2:]
    for n in range(len(x)):
        for k in range(len(w)):
            for i in range(x.shape[2] - KH + 1):
                for j in range(x.shape[3] - KW + 1):
                    answer = (x[n, 0, i : i + KH, j : j + KW] * w[k, 0]).sum()
                    out[n, k] = max(out[n, k], (answer - mean[k]) / np.sqrt(var[k] + 1e-5))
    return out
