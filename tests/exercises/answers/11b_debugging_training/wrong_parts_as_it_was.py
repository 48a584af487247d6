# loses 11b-parts-tests: repairs nothing
# told: as many times too long as there are parts

# %% grade_id="11b-parts"
def step_in_parts(network, optimiser, x, y, size):
    optimiser.zero_grad()
    total = 0.0
    for part_x, part_y in zip(x.split(size), y.split(size), strict=True):
        loss = F.cross_entropy(network(part_x), part_y)
        loss.backward()
        total += loss.item() * len(part_y)
    optimiser.step()
    return total / len(y)


after_steps = parts_function(step_in_parts)  # for the checks
