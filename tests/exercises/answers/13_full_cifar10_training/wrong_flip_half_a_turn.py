# loses 13-flip-tests: rotates by half a turn
# told: You turned the pictures by half a turn

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    turned = np.rot90(x, 2, axes=(2, 3))
    return np.where((first ^ (epoch % 2 == 1))[:, None, None, None], turned, x)
