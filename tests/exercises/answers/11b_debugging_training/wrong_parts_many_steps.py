# loses 11b-parts-tests: takes a step for each part
# told: take one step for the whole batch

# %% grade_id="11b-parts"
def step_in_parts(network, optimiser, x, y, size):
    optimiser.zero_grad()
    total = 0.0
    parts = list(zip(x.split(size), y.split(size), strict=True))
    for part_x, part_y in parts:
        loss = F.cross_entropy(network(part_x), part_y)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        total += loss.item() * len(part_y)
    return total / len(y)


after_steps = parts_function(step_in_parts)  # for the checks
