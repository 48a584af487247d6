# loses 13-flip-tests: np.fliplr exchanges axis 1, the channels
# told: You exchanged the channels

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    mirrored = first if epoch % 2 == 0 else ~first
    return np.where(mirrored.reshape(-1, 1, 1, 1), np.fliplr(x), x)
