# loses 11b-initialise-tests: leaves the biases
# told: the biases keep what they were

# %% grade_id="11b-initialise"
def initialise(network):
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            nn.init.normal_(layer.weight, 0.0, math.sqrt(2 / fan_in))


first_weights = weights_function(initialise)  # for the checks
