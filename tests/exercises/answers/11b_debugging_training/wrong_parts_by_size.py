# loses 11b-parts-tests: divides by the size of a part
# told: You divided by the size of a part

# %% grade_id="11b-parts"
def step_in_parts(network, optimiser, x, y, size):
    optimiser.zero_grad()
    total = 0.0
    parts = list(zip(x.split(size), y.split(size), strict=True))
    for part_x, part_y in parts:
        loss = F.cross_entropy(network(part_x), part_y)
        (loss / size).backward()
        total += loss.item() * len(part_y)
    optimiser.step()
    return total / len(y)


after_steps = parts_function(step_in_parts)  # for the checks
