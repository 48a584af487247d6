# loses nothing: the nearest neighbour of 64 colours' shares
# %% grade_id="10-learn"
def learn(x, y, new):
    def shares(pictures):
        a = (pictures // 64).astype(int).reshape(len(pictures), 3, -1)
        code = 16 * a[:, 0] + 4 * a[:, 1] + a[:, 2]
        return np.sqrt([np.bincount(row, minlength=64) / row.size for row in code])

    return y[(shares(new) @ shares(x).T).argmax(axis=1)]
