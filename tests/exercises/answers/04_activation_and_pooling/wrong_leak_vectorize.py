# loses 04-leaky-relu-tests: np.vectorize takes its dtype from the first answer
# told: Your result was cut to whole numbers

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return np.vectorize(lambda a: a if a > 0 else slope * a)(x)
