# loses 11b-initialise-tests: repairs nothing
# told: a mean far below 0

# %% grade_id="11b-initialise"
def initialise(network):
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            bound = math.sqrt(6 / fan_in)
            nn.init.normal_(layer.weight, -bound, bound)
            nn.init.zeros_(layer.bias)


first_weights = weights_function(initialise)  # for the checks
