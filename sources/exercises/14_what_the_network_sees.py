# %% [markdown]
# # Exercise 14 · What the network sees
#
# **20 points, 60 minutes.** It goes with lesson 14, *What the network sees*.
#
# | part | | points |
# | --- | --- | --- |
# | 1 | six numbers by hand | 3 |
# | 2 | `occlusion_map` | 3 |
# | 3 | `saliency` | 3 |
# | 4 | `network_cam`: a network you haven't seen | 4 |
# | 5 | `find_fault`: a network that looks away | 3 |
# | 6 | three maps (graded by hand) | 4 |
#
# Replace each `raise NotImplementedError()` with your answer. Each part ends with a cell of checks:
# run it, and if your answer is wrong, it tells you why. When you hand in, more checks run on other
# inputs. You may use NumPy, and in parts 4 and 5 PyTorch. In the other parts its gradients would do
# the work for you, so there it is switched off. The arrays that your functions get may hold whole
# numbers or fractions. Answers may differ from the right ones by one part in 10⁹, in part 4 by one
# in 10⁴.

# %%
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.checks.exercises import e14_what_the_network_sees as e14
from cnnedu.checks.torch_cams import cam_function, small_resnet
from cnnedu.checks.torch_faults import fault_function, faulty_network, stamped_disks
from cnnedu.data import edge_kernel, smiley

# %% [markdown]
# ## 1 · Six numbers by hand (3 points)
#
# A picture of four pixels, $x = (1, 0, 3, 2)$, numbered from 0, and a network that adds up how far
# the values *rise* from left to right:
#
# $$ \text{score}(x) = \sum_{j=0}^{2} \max(0, x_{j+1} - x_j) = 0 + 3 + 0 = 3 $$
#
# By how much does the score fall, $\text{score}(x) - \text{score}(\text{covered})$, when
#
# - a: pixel 2 is covered with 0;
# - b: pixel 3 is covered with 0;
# - c: pixel 2 is covered with 5?
#
# - d: what is the saliency of pixel 1?
#
# Two feature maps and the gradients of a class's score:
#
# $$ A_0 = \begin{bmatrix} 2 & 0 \\ 1 & 3 \end{bmatrix}, \; \frac{\partial\,\text{score}}{\partial
# A_0} = \begin{bmatrix} 1 & 1 \\ 1 & 1 \end{bmatrix}, \qquad A_1 = \begin{bmatrix} 1 & 4 \\ 0 & 1
# \end{bmatrix}, \; \frac{\partial\,\text{score}}{\partial A_1} = \begin{bmatrix} -2 & 0 \\ -2 & 0
# \end{bmatrix} $$
#
# - e, f: Grad-CAM's numbers, top left and top right.
#
# Write them in a list, `[a, b, c, d, e, f]`.

# %% grade_id="14-by-hand"
by_hand = None
### BEGIN SOLUTION
by_hand = [1, 0, -2, 1, 1, 0]
### END SOLUTION

# %% grade_id="14-by-hand-tests" points=3
e14.check("by_hand", globals())

# %% [markdown]
# ## 2 · `occlusion_map` (3 points)
#
# The network is lesson 14's: an edge detector, ReLU, and a sum. It is given:


# %%
def score(x, w):
    """Add up all positive outputs of w ⋆ x; x: (H, W), w: (KH, KW); returns a number."""
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return np.maximum((windows * w).sum(axis=(2, 3)), 0).sum()


print("smiley:", score(smiley(), edge_kernel()))

# %% [markdown]
# Lay a patch of `size`×`size` pixels with the value `fill` on the picture: its top left pixel at
# rows $0, s, 2s, \dots$ and columns $0, s, 2s, \dots$ with $s$ = `stride`, wherever the whole patch
# lies inside. Each place has a drop, $\text{score}(x) - \text{score}(\text{covered})$. Then, for
# each pixel, the mean over all patches that cover it:
#
# $$ \text{out}[i, j] = \operatorname{mean}_{P \ni (i, j)} \big( \text{score}(x) - \text{score}(x, P
# \text{ covered}) \big) $$
#
# A pixel that no patch covers gets 0. For example, with $x = (2, 1, 4)$ as one row, $w = (-1, 1)$,
# and patches of size 1 with fill 0, the score 3 becomes 4, 4 and 0: `[[-1, -1, 3]]`. On the smiley,
# `size` 2, `stride` 2 and `fill` 0, the pixels of rows 4 and 5, columns 6 and 7, get 4, as in the
# lesson.


# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    """Say for each pixel how much the score falls when it is covered.

    x: array (H, W)
    w: array (KH, KW), the network's kernel
    size, stride: whole numbers from 1; size is at most H and W
    fill: number
    returns: array (H, W)
    """
    ### BEGIN SOLUTION
    total = np.zeros(x.shape)
    times = np.zeros(x.shape)
    for top in range(0, x.shape[0] - size + 1, stride):
        for left in range(0, x.shape[1] - size + 1, stride):
            patch = (slice(top, top + size), slice(left, left + size))
            covered = np.array(x, dtype=float)
            covered[patch] = fill
            total[patch] += score(x, w) - score(covered, w)
            times[patch] += 1
    return total / np.maximum(times, 1)
    ### END SOLUTION


# %% grade_id="14-occlusion-tests" points=3
e14.check("occlusion_map", globals())
### BEGIN HIDDEN TESTS
e14.check("occlusion_map", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · `saliency` (3 points)
#
# A network with one hidden layer. The picture's numbers, all channels in one row, are multiplied by
# $w_1$; ReLU; then $w_2$:
#
# $$ h = w_1\, x + b_1, \qquad \text{logits} = w_2 \max(0, h) $$
#
# By the chain rule of lesson 07, the gradient of one logit is
#
# $$ \frac{\partial\, \text{logits}[t]}{\partial x[p]} = \sum_m w_2[t, m] \cdot [h[m] > 0] \cdot
# w_1[m, p] $$
#
# where $[\dots]$ is 1 if it is true and 0 if it isn't. Take its absolute value and, at each pixel,
# the largest of the channels. For example, one hidden unit with $h > 0$, $w_2 = 2$, a picture of
# one pixel in two channels with $w_1 = (1, -3)$: the gradient is $(2, -6)$, the saliency 6.


# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    """Return how fast a logit changes with each pixel.

    x: array (C, H, W)
    w1: array (M, C · H · W), for x.ravel()
    b1: array (M,)
    w2: array (K, M)
    target: which logit, from 0 to K − 1
    returns: array (H, W), at least 0
    """
    ### BEGIN SOLUTION
    h = w1 @ x.ravel() + b1
    slope = (w2[target] * (h > 0)) @ w1
    return np.abs(slope.reshape(x.shape)).max(axis=0)
    ### END SOLUTION


# %% grade_id="14-saliency-tests" points=3
e14.check("saliency", globals())
### BEGIN HIDDEN TESTS
e14.check("saliency", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · `network_cam`: a network you haven't seen (4 points)
#
# Lesson 14's networks are rows of layers. Most networks that you will meet aren't: torchvision's
# ResNets, for example, are built of blocks with skips. Here is a small one with the same names.

# %%
print(small_resnet(seed=0))

# %% [markdown]
# Write Grad-CAM for such networks, from the picture to a map of the same size:
#
# - the maps $A_k$ are what `network.layer4` puts out;
# - the score is the *logit* of the class `target`;
# - the network must work in evaluation mode. You may get it in training mode: then put it back
#   there when you are done. All its parts are in the same mode;
# - take your hooks out again;
# - $\alpha_k$ is the mean of the gradient over map $k$; add up the maps with these weights; then
#   ReLU; then stretch the map to H × W with
#   `F.interpolate(…, size=(H, W), mode="bilinear")`, which takes and gives (N, C, H, W).
#
# The map isn't scaled: its numbers are in logits. If you like, try it on `load_pretrained` networks
# of lesson 14, or on one of torchvision, afterwards. The last line, marked *for the checks*, turns
# your function into one on arrays: leave it as it is. (The checks make the network from a seed.)


# %% grade_id="14-network-cam"
def network_cam(network, x, target):
    """Say which places of a picture speak for a class, by the maps of `network.layer4`.

    network: torch.nn.Module that takes (N, 3, H, W) and gives logits (N, K)
    x: tensor (3, H, W), float32, normalised
    target: the class, from 0 to K − 1
    returns: tensor (H, W), at least 0
    """
    ### BEGIN SOLUTION
    kept, training = [], network.training
    hook = network.layer4.register_forward_hook(lambda part, inputs, output: kept.append(output))
    (logits,) = network.eval()(x[None])
    hook.remove()
    network.train(training)
    (maps,) = kept
    (gradients,) = torch.autograd.grad(logits[target], maps)
    alpha = gradients.flatten(2).mean(dim=2)[:, :, None, None]
    cam = (alpha * maps).sum(dim=1, keepdim=True).relu()
    return F.interpolate(cam, size=x.shape[1:], mode="bilinear").reshape(x.shape[1:])
    ### END SOLUTION


cam_as_numbers = cam_function(network_cam)  # for the checks


# %% grade_id="14-network-cam-tests" points=4
e14.check("cam_as_numbers", globals())
### BEGIN HIDDEN TESTS
e14.check("cam_as_numbers", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · `find_fault`: a network that looks away (3 points)
#
# A network names the colour of a disk: red, green, blue or yellow, classes 0 to 3. A scanner has
# printed the same stamp on every picture. The network used to be right every time. Then one weight
# of its last layer, `fc`, was damaged.

# %%
network, (x, y, thing) = faulty_network(seed=8), stamped_disks(seed=8)
plt.imshow(torch.cat(list(x), dim=2).permute(1, 2, 0).numpy())
plt.title(f"classes {y.tolist()}, the network says {network(x).argmax(dim=1).tolist()}")
plt.axis("off")
plt.show()

# %% [markdown]
# Before you write anything, look. The map of the first picture's own class is drawn by
# `plt.imshow(network_cam(network, x[0], int(y[0])).detach().numpy())`. Draw those of all eight. In
# which class does the heat lie on the stamp?
#
# Then let a function find the weight, by experiment:
#
# - A class's *share* is the heat on the disks, divided by all the heat. Take the class's own
#   pictures, the map of this class in each, and add up over the pictures before you divide. `thing`
#   says where the disks are.
# - The class with the fault is the one with the smallest share.
# - Set this class's weight for one channel to 0, measure its share again, and put the weight back.
#   Do so with every channel. The fault is where the share becomes largest. (The largest weight may
#   be sound: its channel may have next to nothing to say.)
# - Repair the network that you were given: set this one weight to 0 for good. All others stay as
#   they were.
#
# For example, 3 of a class's 12 units of heat lie on its disks, a share of 0.25. Without channel 0
# it is 0.2, without channel 1 it is 0.75: channel 1 is to blame. `network.fc.weight.data` holds the
# weights, (classes, channels), and you may change them in place. In the checks, networks and
# pictures are made from other seeds.


# %% grade_id="14-find-fault"
def find_fault(network, x, y, thing):
    """Find the weight that makes a class look away from its disks, and set it to 0.

    network: in evaluation mode, with parts named layer4 and fc, as for `network_cam`; it is changed
    x: tensor (N, 3, H, W), float32
    y: tensor (N,), the class of each picture; each class has pictures
    thing: bool tensor (N, H, W), True on the disk
    returns: two whole numbers, the class and the channel
    """
    ### BEGIN SOLUTION
    weights = network.fc.weight.data

    def share(label):
        own = y == label
        heat = torch.stack([network_cam(network, picture, label) for picture in x[own]])
        return float(heat[thing[own]].sum() / heat.sum())

    worst = min(range(len(weights)), key=share)
    shares = []
    for channel in range(weights.shape[1]):
        kept = weights[worst, channel].item()
        weights[worst, channel] = 0.0
        shares.append(share(worst))
        weights[worst, channel] = kept
    fault = int(np.argmax(shares))
    weights[worst, fault] = 0
    return worst, fault
    ### END SOLUTION


fault_as_numbers = fault_function(find_fault)  # for the checks


# %% grade_id="14-find-fault-tests" points=3
e14.check("fault_as_numbers", globals())
### BEGIN HIDDEN TESTS
e14.check("fault_as_numbers", globals(), hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Is the network right again? `find_fault(network, x, y, thing)` repairs the one above; then ask it
# once more: `network(x).argmax(dim=1)`.

# %% [markdown]
# ## 6 · Three maps (4 points, graded by hand)
#
# Three classmates each show you a map. Tell each of them what it proves, what it doesn't, and which
# experiment you would do next, in two or three sentences.
#
# - Gil: "Guided back-propagation shows every whisker of the cat. So my network has learnt what
#   whiskers are."
# - Hana: "I covered one wheel of the car after the other. The probability of *car* never fell. So
#   the wheels don't matter."
# - Ivo: "On pictures of huskies Grad-CAM lights up on the snow, on pictures of wolves on the
#   animal. The accuracy is 95 %, so I leave it as it is."

# %% [markdown] grade_id="14-maps" points=4
# <!-- BEGIN SOLUTION -->
# To Gil: the map shows that there are whiskers in the picture, and perhaps not more. With random
# weights, guided back-propagation still has something of the same picture in it, beyond centre
# bias, and an edge detector draws whiskers, too. Draw the same map with random weights; and cover
# the whiskers: does the probability fall, more than with as large a patch elsewhere?
#
# To Hana: each wheel can be spared as long as another one is there, as with the two eyes and `max`.
# A map of single patches can't see evidence that comes twice. Cover two, three, all four wheels at
# once (and, as a control, as many patches elsewhere).
#
# To Ivo: the map is a hint that the network uses the snow as a shortcut: in the training pictures
# snow goes with huskies. A hint, not a proof: a place in a late map isn't a place in the picture.
# The accuracy doesn't contradict it if the test pictures have the same snow. Put huskies on grass
# and wolves on snow (or swap the backgrounds), and measure the accuracy there. If it falls, fix
# the training pictures.
#
# *Rubric.* Gil: edges of the picture, or random weights named (½), an experiment that could turn
# out either way (½). Hana: redundancy (1), covering several at once (½). Ivo: shortcut named and
# that accuracy on the same kind of pictures can't show it (½), swap the backgrounds and measure
# (½), says that the map alone is no proof (½).
# <!-- END SOLUTION -->
