# loses 14-deletion-tests: turns the order of a quicksort round
# told: turning the order of an `argsort` round

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(heat.ravel())[::-1]
    out = []
    for count in counts:
        copy = x.astype(float).reshape(len(x), -1)
        copy[:, order[:count]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
