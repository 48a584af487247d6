# loses 08-learn-tests: gives up after one epoch of large batches
# told: Gradients and loop do work

# %% grade_id="08-learn"
def learn(x, y, seed):
    rng = np.random.default_rng(seed)
    F, epochs, size, lr = 16, 1, 128, 0.02
    weights = [
        rng.normal(size=(F, 1, 3, 3)) * np.sqrt(2 / 9),
        np.zeros(F),
        rng.normal(size=(10, 16 * F)) * np.sqrt(2 / (16 * F)),
        np.zeros(10),
    ]
    steps = epochs * -(-len(x) // size)
    order = [rng.permutation(len(x)) for _ in range(epochs)]
    rates = [rate(step, steps, steps // 10, lr) for step in range(steps)]

    def gradients_of_batch(x, y, weights):
        return gradients(x, cross_entropy_gradient(scores(x, *weights), y), *weights)

    def step(w, g, m, s, t, lr):
        return adam_step(w, g, m, s, t, lr, 0.9, 0.999, 0.01)

    return train(x, y, weights, order, size, rates, gradients_of_batch, step)
