# %% [markdown]
# # 18 · Capstone: your own pictures
#
# You can build, train and question a network. Now do all of it once, in the order in which it has
# to be done, with pictures of your own: from a question to a **model card**, one page that says
# what your network is for and how far it can be trusted.
#
# **After this lesson you can**
#
# - turn a question into a folder of pictures, and split it so that the test is honest;
# - say which accuracy would be no achievement, before you train;
# - put an error bar on an accuracy when several pictures show the same thing;
# - check with masks whether a network looks at the object, and say what that check is worth;
# - write a model card, limits included;
# - do the same with photographs, and say what one command can't decide for you.
#
# *Time:* 60 minutes, and a weekend for your own. *Before this:* lessons 09 and 10.

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from cnnedu.data import smiley
from cnnedu.data.folders import load_folder
from cnnedu.data.found_objects import write_found_objects
from cnnedu.plots import evaluation, show_maps
from cnnedu.widgets import HeatmapViewer, Question, Quiz, Right, TrainingDashboard, Wrong

FOLDER = None  # or your own, such as "../my_pictures": CLASS/THING/PICTURE or CLASS/PICTURE
work, album = TemporaryDirectory(), TemporaryDirectory()  # the album is for section 10
masks = {} if FOLDER else write_found_objects(work.name, seed=1)
found = load_folder(FOLDER or work.name)
print("\n".join([f"{len(found.y)} pictures of {', '.join(found.classes)}", *found.messages]))
some = [np.flatnonzero(found.y == k)[[0, 1, -2, -1]] for k in range(len(found.classes))]
some = np.concatenate(some)[:12]
show_maps(found.x[some].transpose(0, 2, 3, 1), [found.files[i] for i in some], size=1.6)

# %% [markdown]
# Here is the example. Somebody collects lucky charms (hearts, crescents and stars), lays each on a
# cloth and photographs it four times. (They are made by code, so that the page runs as it is. Put
# the name of your folder into the cell above, and sections 1 to 9 work on *your* pictures.)
#
# `heart/12/3.png` is the fourth picture of heart 12. The whole course keeps this convention: a
# subfolder for each class, and in it **one subfolder for each thing**. A picture that lies in its
# class's folder itself counts as a thing of its own.
#
# ## 1 · The question
#
# Write it down before you have a network:
#
# > A *new* charm, never seen before, photographed on a plain cloth: heart, crescent or star?
#
# Three words in it decide all that follows. **New**: the test must consist of new charms. **Plain
# cloth**: nothing is promised about the beach. **Heart, crescent or star**: whatever else you show
# the network, it will name one of the three. And what will be done with the answer? Here somebody
# sorts charms into boxes, and a mistake costs a smile.
#
# ## 2 · The split
#
# Look at the first row. `crescent/00/0` and `crescent/00/1` are two pictures of *one* crescent:
# same colour, same cloth. Suppose you have four pictures of two charms, `a a b b`, and keep one
# picture of each for the test. What would you measure? Whether the network recognises *these*
# charms. That isn't the question. So set whole charms aside, one after another in random order,
# until there are enough pictures:

# %%
from cnnedu.data.splits import split_by_group, thing_of


def set_aside(groups, order, share):
    """Return which pictures to set aside: whole groups, until they hold the share."""
    aside = np.zeros(len(groups), bool)
    for group in order:
        if aside.sum() < share * len(groups):
            aside |= groups == group
    return aside


four = np.array(["a", "a", "b", "b"])
print(set_aside(four, order=["b", "a"], share=0.5))
assert (set_aside(four, ["b", "a"], 0.5) == split_by_group(four, ["b", "a"], 0.5)).all()

# %% [markdown]
# ### Predict, then look
#
# > "Shuffle the pictures, keep 20 % for the test: a random split is a fair split."
#
# Test this claim on *another* collector's charms, so that nobody looks into our test: the same
# pictures, network and training for both, ten splits of each kind (`cnnedu experiment l18`).

# %%
Quiz(
    Question(
        "With whole charms set aside, about 50 of 1,000 answers are wrong. "
        "With pictures at random?",
        Wrong("50, too: no test picture was learnt from", "The picture wasn't. Its charm was."),
        Right("2 or so: it has met every charm before", "On new charms it never sees that figure."),
        Wrong("60 or more: random pictures are harder", "What is easier than a charm one knows?"),
    )
)

# %%
from cnnedu.experiments.l18_splits import figures

splits = figures["splits"]
evaluation.show_spread(splits, "test accuracy of each split")

# %%
wrong = {name: 1 - np.array(results) for name, results in splits.items()}
for name, results in splits.items():
    print(f"{name:<18} {np.mean(results):.1%} on average, {min(results):.1%} to {max(results):.1%}")
random, honest = wrong.values()
print(f"the random split hides {1 - random.mean() / honest.mean():.0%} of the mistakes")
better, worse = (random < honest).sum(), (random > honest).sum()
print(f"it looks better in {better} pairs of splits, and worse in {worse}")

# %% [markdown]
# **What came out.** A random split is fair only if the pictures are independent. Here it hides
# nearly all of the mistakes, and it does so reliably: its dots lie close together. The honest ones
# are spread wide, and one lies far below the others. With each split, two things change: which 32
# charms are in the test, and what the network has learnt from. A single honest split would have
# told you neither. So ask about your own pictures: *what belongs together?* It may be the thing,
# the person, the patient, the place, the camera or the afternoon. Such pictures form a **group**,
# and a group is never divided. Where one is divided all the same, the split **leaks**.
#
# Three parts, then: 20 % of the pictures for the test, 20 % for validation, and the rest to learn
# from.

# %%
things = np.array([thing_of(file) for file in found.files])  # such as "heart/12"
rng = np.random.default_rng(0)
test = split_by_group(things, rng.permutation(np.unique(things)), share=0.2)
kept = split_by_group(things[~test], rng.permutation(np.unique(things[~test])), share=0.25)
validation = np.zeros_like(test)
validation[np.flatnonzero(~test)[kept]] = True
train = ~test & ~validation
for name, part in {"train": train, "validation": validation, "test": test}.items():
    counts = np.bincount(found.y[part], minlength=len(found.classes))
    print(f"{name:<11}{part.sum():>4} pictures of {len(set(things[part])):>3} things:", *counts)
assert not set(things[train]) & set(things[test]), "a thing stands on both sides"

# %% [markdown]
# Count the things of the rarest class in the test. Remember them when you read its recall.
#
# ## 3 · The baseline
#
# Half the charms are hearts. Someone who always says "heart" is right half the time and knows
# nothing. That, and a linear classifier on the pixels, is what a network must beat. The classifier
# gets the best of three learning rates, judged by the validation pictures; the network will have to
# do with one, which we chose on the other collection. The normalisation comes from the training
# pictures alone (lesson 10).

# %%
import torch

from cnnedu.models.normalise import normalise
from cnnedu.models.small_network import small_network
from cnnedu.training.augmentation import quarter_turns
from cnnedu.training.fitting import fit, seeded

torch.set_num_threads(1)
pixels = found.x[train] / 255
mean, std = pixels.mean(axis=(0, 2, 3)).tolist(), pixels.std(axis=(0, 2, 3)).tolist()
x, y = normalise(torch.from_numpy(found.x), mean, std), torch.from_numpy(found.y)
parts = [(x[part], y[part]) for part in (train, validation)]
K = len(found.classes)


def linear():
    return torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(x[0].numel(), K))


def learn(build, epochs=30, learning_rate=1e-2, progress=None):
    """Train what `build` returns; each batch is mirrored and turned by chance."""
    with seeded(0):
        network = build()
        optimiser = torch.optim.Adam(network.parameters(), lr=learning_rate)
        known, held_out = parts
        fit(
            network, known, optimiser, epochs,
            feed=quarter_turns, held_out=held_out, progress=progress,
        )  # fmt: skip
    return network


@torch.no_grad()
def logits_of(network, part):
    return network(x[part]).numpy()


most = np.bincount(found.y[train]).argmax()
always = (found.y[validation] == most).mean()
by_rate = {}
for rate in (1e-4, 1e-3, 1e-2):
    said = logits_of(learn(linear, learning_rate=rate), validation).argmax(axis=1)
    by_rate[rate] = (said == found.y[validation]).mean()
by_line = max(by_rate.values())

# %% tags=["nbval-ignore-output"]
print(f"validation pictures: always “{found.classes[most]}” {always:.0%}, linear {by_line:.0%}")

# %% [markdown]
# ## 4 · Training
#
# With few pictures, take a small network: three convolutions, batch norm, the mean over the picture
# and one dense layer, 14,595 parameters. Each batch is mirrored and turned by chance, because a
# charm turned is the same charm. (Is *your* thing the same upside down? A 6 isn't.) Thirty epochs
# take a few seconds:

# %% tags=["nbval-ignore-output"]
dashboard = TrainingDashboard(learn, lambda: small_network(K), classes=found.classes)
shown = display(dashboard.start(), display_id=True)

# %%
network = dashboard.wait()
judged = logits_of(network, validation)
right = judged.argmax(axis=1) == found.y[validation]
print("better than both baselines:", bool(right.mean() > max(always, by_line)))

# %% tags=["nbval-ignore-output"]
shown.update(dashboard)
print(f"validation: {right.mean():.1%}; training: {dashboard.history['accuracy'][-1]:.1%}")

# %% [markdown]
# It has nearly all of its training pictures right. What it says of other charms is the figure that
# counts. Is it good enough? If not, *now* is the time to change something, and the validation
# pictures say whether it helped. The test set is still in its envelope.
#
# ## 5 · Which mistakes?

# %% tags=["nbval-ignore-output"]
said = judged.argmax(axis=1)
matrix = np.bincount(K * found.y[validation] + said, minlength=K * K).reshape(K, K)
evaluation.show_confusion(matrix, found.classes)

# %% [markdown]
# Then *look* at those it was surest of, and ask of each: is the label wrong? Is the picture bad?
# Was the class, or this kind of it, rare among the training pictures?

# %% tags=["nbval-ignore-output"]
from cnnedu.kernels import softmax

p = softmax(judged, dim=1)
places = np.flatnonzero(validation)
worst = [i for i in np.argsort(-p.max(axis=1)) if not right[i]][:8]
titles = [
    f"{found.files[places[i]]}\nsaid {found.classes[said[i]]}, {p[i].max():.0%}" for i in worst
]
if worst:
    display(show_maps(found.x[places[worst]].transpose(0, 2, 3, 1), titles))

# %% [markdown]
# Look at the file names. Do mistakes come in families? Count the pairs of pictures of *one* charm
# that are both misread. The control shuffles the charms' names, a thousand times.


# %% tags=["nbval-ignore-output"]
def pairs_misread(right, groups):
    """Return how many pairs of one thing are both misread, and how many things have a mistake."""
    wrong = np.array([(~right[groups == g]).sum() for g in np.unique(groups)])
    return (wrong * (wrong - 1) // 2).sum(), (wrong > 0).sum()


both, of_things = pairs_misread(right, things[validation])
rng = np.random.default_rng(0)
shuffled = [pairs_misread(right, rng.permutation(things[validation]))[0] for _ in range(1000)]
print(
    f"{(~right).sum()} mistakes on {of_things} things: {both} pairs of one thing are both misread"
)
print(f"with names shuffled: {np.mean(shuffled):.1f} pairs, at most {max(shuffled)}")

# %% [markdown]
# ## 6 · The test, once, with its error
#
# Take two charms with three pictures each; the first is always right, the second never. The
# accuracy is 1/2. Lesson 10's formula, for 6 independent pictures, gives $\sqrt{0.5 \cdot 0.5/6} =
# 0.20$. But there were only two draws! With $r_n = 1$ where picture $n$ is right, add up the
# deviations *within* each group $g$ before you square:
#
# $$ \text{SE} = \frac1N \sqrt{\sum_g \Big(\sum_{n \in g} (r_n - \bar r)\Big)^2},
# \qquad \tfrac16 \sqrt{(3 \cdot 0.5)^2 + (3 \cdot 0.5)^2} = 0.35 $$


# %%
def error_by_group(right, groups):
    """Return the standard error of an accuracy whose pictures come in groups."""
    deviation = right - right.mean()
    sums = [deviation[groups == group].sum() for group in np.unique(groups)]
    return np.sqrt(np.square(sums).sum()) / len(right)


print(round(error_by_group(np.array([1, 1, 1, 0, 0, 0]), np.array([*"aaabbb"])), 2))

# %%
Quiz(
    Question(
        "On 128 test pictures of 32 charms: "
        "by which factor is lesson 10's error too small, at most?",
        Wrong("1: 128 pictures are 128 answers", "As if each charm had one picture only."),
        Right("2: the root of 4", "If all four answers about a charm agree there are 32 draws."),
        Wrong("4: there are 4 times fewer draws", "The error goes with the root of the number."),
    )
)

# %% tags=["nbval-ignore-output"]
answers = logits_of(network, test)
hits = answers.argmax(axis=1) == found.y[test]
accuracy, error = hits.mean(), error_by_group(hits, things[test])
plain = np.sqrt(accuracy * (1 - accuracy) / len(hits))
print(f"test accuracy {accuracy:.1%}; standard error {error:.1%} (as if independent: {plain:.1%})")

# %% [markdown]
# The envelope is open, and from now on nothing is changed. If you go back and improve, you need new
# test charms. Read the accuracy with its error: other charms might well have given an accuracy
# twice the standard error away. (For *this* network. Had it learnt from other charms, it would be
# another one; the ten splits above vary for both reasons.)
#
# ## 7 · Does it look at the thing?
#
# Grad-CAM says which places spoke for the answer. For the example we know each charm's pixels, so
# "it looks at the object" becomes a number: which share of the heat lies on the charm? Three
# controls could come out the same: heat spread evenly, which puts on the charm what it covers of
# its picture; the map of *another charm's* picture, in case both merely favour the middle; and ten
# networks with random weights.

# %%
Quiz(
    Question(
        "In nine of ten test pictures the hottest pixel lies on the charm. "
        "And with random weights?",
        Wrong("In nine of ten, since nothing else is in sight", "Training made this map."),
        Right("In about three of ten; it depends on the seed", "So try more than one seed."),
        Wrong("In three quarters, whatever the seed may be", "One seed does. Look at others."),
    )
)

# %% tags=["nbval-ignore-output"]
from cnnedu.explain.grad_cam import grad_cam


def heat_of(network):
    """Return the heat map of each test picture, for the answer of the trained network."""
    maps = []
    for i, k in zip(np.flatnonzero(test), answers.argmax(axis=1), strict=True):
        heat = grad_cam(network, x[i], int(k), layer="10")
        size = {"size": x.shape[2:], "mode": "bilinear"}
        heat = torch.nn.functional.interpolate(heat[None, None], **size)[0, 0].numpy()
        maps.append(heat)
    return np.array(maps)


def looked_at(maps, on_charm):
    """Return the share of the heat on the charm, and how often the hottest pixel lies there."""
    on = maps * on_charm
    shares = on.sum(axis=(1, 2)) / maps.sum(axis=(1, 2)).clip(min=1e-9)
    return np.array([shares.mean(), (on.max(axis=(1, 2)) == maps.max(axis=(1, 2))).mean()])


def with_random_weights(seed):
    """Return a fresh network whose batch norms have measured the training pictures."""
    with seeded(seed):
        random = small_network(K).train()
    for part in random.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.momentum = None  # all pictures count alike
    with torch.no_grad():
        random(x[train])
    return random.eval()


if masks:
    on_charm = np.array([masks[found.files[i]] for i in np.flatnonzero(test)])
    trained, line = heat_of(network), "{:.0%} of the heat, {:.0%} of the peaks"
    other = np.roll(trained, 4, axis=0)  # four pictures further on comes another charm
    print("trained:", line.format(*looked_at(trained, on_charm)))
    print("spread evenly:", f"{on_charm.mean():.0%}")
    print("another charm's map:", line.format(*looked_at(other, on_charm)))
    random = [heat_of(with_random_weights(seed)) for seed in range(10)]
    by_seed = np.array([looked_at(maps, on_charm) for maps in random])
    print("random weights, mean of ten:", line.format(*by_seed.mean(axis=0)))
    print("peaks on the charm, seed by seed:", *(f"{peaks:.0%}" for peaks in by_seed[:, 1]))

# %% [markdown]
# **What came out.** The trained network's hottest pixel lies on the charm in nine pictures of ten.
# But look at the controls. With another charm's map it is nearly every second one: the maps favour
# the middle, and so do the charms, which never leave the picture. So about half of that agreement
# is worth nothing; the other half depends on *this* picture. Networks with random weights hit the
# charm in about three pictures of ten, anything from an eighth to a half, depending on the seed. An
# earlier edition of this page tried a single seed, happened on one with three pictures of four, and
# concluded that training hardly matters. Try several before you believe a control.
#
# Even so, a pleasant heat map shows no flaw; that isn't the same as showing that there is none. A
# map *is* good for the opposite: heat on the cloth, on a date stamp, on a thumb is a reason to
# stop. Here is the surest mistake. Switch methods and layers, and compare with random weights.

# %% tags=["nbval-ignore-output"]
shown_picture = found.x[places[worst[0] if worst else 0]].transpose(1, 2, 0)
viewer = HeatmapViewer(
    network, shown_picture, classes=found.classes, mean=mean, std=std, layers=["6", "10"], seed=1
)
viewer.same_scale = False  # each map has colours of its own: the random one is weak
viewer

# %% [markdown]
# And an old friend. What does it make of the smiley, enlarged to 32×32?

# %% tags=["nbval-ignore-output"]
face = (255 * smiley()).astype(np.uint8).repeat(4, 0).repeat(4, 1)
with torch.no_grad():
    score = network(normalise(torch.from_numpy(np.stack([face] * 3)[None]), mean, std))[0]
print(*[f"{name} {q:.0%}" for name, q in zip(found.classes, score.softmax(0), strict=True)])

# %% [markdown]
# It names a class, since it has no other words. That belongs in the card.
#
# ## 8 · How sure is it allowed to sound?
#
# Of the answers given with 80 %, are 80 % right? A temperature is chosen on the validation pictures
# and judged on the test's. The control: what would a *perfectly* calibrated network show on so few
# pictures? We throw dice, so that an answer given with 80 % is right with a probability of 80 %.
# One throw counts for all pictures of a charm, since they tend to go wrong together.

# %% tags=["nbval-ignore-output"]
from cnnedu.explain.calibration import best_temperature, expected_calibration_error, reliability
from cnnedu.plots.calibration import show_reliability

T = best_temperature(judged, found.y[validation])
before, after = (softmax(answers / t, dim=1) for t in (1, T))
calibration = [expected_calibration_error(q, found.y[test], bins=5) for q in (before, after)]
print("temperature {:.2f}: calibration error {:.1%}, was {:.1%}".format(T, *calibration[::-1]))
rng, sure = np.random.default_rng(0), before.max(axis=1)
_, thing = np.unique(things[test], return_inverse=True)
dice = rng.random((1000, thing.max() + 1))[:, thing] < sure
answer = before.argmax(axis=1)
drawn = [np.where(right, answer, (answer + 1) % K) for right in dice]
chance = [expected_calibration_error(before, labels, bins=5) for labels in drawn]
print(f"perfectly calibrated: {np.mean(chance):.1%}, in 19 of 20 cases below", end=" ")
print(f"{np.quantile(chance, 0.95):.1%}")
show_reliability(*reliability(before, found.y[test], bins=5))

# %% [markdown]
# A calibration error below that bound is no finding. Ours lies about at the bound, which is a hint
# and no more, and the temperature, close to 1, changes little. Say so in the card, and don't polish
# it.
#
# ## 9 · The model card
#
# The card holds all that somebody needs who wasn't there. `model_card` refuses an empty section;
# whether what stands there is *true* is up to you.

# %% tags=["nbval-ignore-output"]
from IPython.display import Markdown

from cnnedu.models.model_card import model_card

recall = np.array([hits[found.y[test] == k].mean() for k in range(K)])
counts = [f"{p.sum()} pictures of {len(set(things[p]))} things" for p in (train, validation, test)]
card = model_card(
    "lucky charms",
    {
        "intended use": "Sorting new charms, one in the picture, on a plain cloth, into boxes.",
        "not for": "Anything where a mistake costs more than a smile; other things; other grounds.",
        "data": (
            f"{len(y)} generated pictures, 32×32, four of each thing; "
            "see cnnedu/data/found_objects.py."
        ),
        "splits": dict(zip(("train", "validation", "test"), counts, strict=True))
        | {"rule": "whole things; the test set was read once"},
        "training": (
            "small_network, Adam, 30 epochs, seed 0, mirrored and turned; "
            "settings chosen on another collection."
        ),
        "measures": {
            "test accuracy": f"{accuracy:.1%} ± {error:.1%} (standard error, by things)",
            "always the commonest class": f"{(found.y[test] == most).mean():.1%} on the test set",
        }
        | {
            f"recall of {name}": f"{r:.0%}, from {len(set(things[test & (found.y == k)]))} things"
            for k, (name, r) in enumerate(zip(found.classes, recall, strict=True))
        }
        | {"calibration error, 5 bins": f"{calibration[0]:.1%}"},
        "limits": (
            "- One collection, one camera, one kind of light: nothing is known about others.\n"
            "- Shown anything else, it still names a charm.\n"
            "- The error bar holds for charms like these only, not for those of another collector."
        ),
    },
)
path = Path("." if FOLDER else work.name) / "model_card.md"
path.write_text(card, encoding="utf-8")
Markdown(card.replace("# ", "### ", 1).replace("\n## ", "\n#### "))

# %% [markdown]
# These numbers, measured on generated pictures, say that the *steps* work. They say nothing about
# photographs of real charms. Yours will say something about yours, and only about those like yours.
#
# ## 10 · Your photographs, in one command
#
# Photographs deserve more than 32 pixels and random weights. This command adapts the ImageNet
# network to them, at 224×224 pixels (lesson 16):
#
# ```
# cnnedu finetune my_pictures --out results
# ```
#
# It does most of sections 2 to 9: it splits whole things, fits a linear probe, trains on from there
# while the validation pictures choose, reads the test once, and leaves a network, a table of
# confusions, a page of its mistakes with heat maps, and a model card.
#
# Try it on real photographs: a brick wall, a lawn and gravel, from scikit-image. We cut each into
# nine regions that share no pixel. Two epochs have to do here; the default is ten.

# %% tags=["nbval-ignore-output"]
import subprocess
import sys

from PIL import Image
from skimage import data

for kind in ("brick", "grass", "gravel"):
    for n in range(9):
        top, left = 170 * (n // 3), 170 * (n % 3)
        region = getattr(data, kind)()[top : top + 170, left : left + 170]
        region = Image.fromarray(region).convert("RGB").resize((224, 224))
        for place in (f"regions/{kind}", f"photographs/{kind}/one"):
            (Path(album.name) / place).mkdir(parents=True, exist_ok=True)
            region.save(Path(album.name) / place / f"{n}.png")


def cnnedu(*words):
    """Do what `cnnedu` does in a terminal; return what it says."""
    program = [sys.executable, "-c", "from cnnedu.cli import main; main()", *words]
    done = subprocess.run(program, cwd=album.name, capture_output=True, text=True, encoding="utf-8")
    return done.stderr if done.returncode else done.stdout


print(cnnedu("finetune", "regions", "--out", "results", "--epochs", "2"))
card = (Path(album.name) / "results/model_card.md").read_text(encoding="utf-8")
Markdown(card.replace("# ", "### ", 1).replace("\n## ", "\n#### "))

# %%
Quiz(
    Question(
        "It has all six test pictures right. Does it know a brick wall when it sees one?",
        Wrong("Yes: no test picture was learnt from", "No region was. But its photograph was."),
        Wrong("Yes, if the interval in the card allows it", "It allows for luck, not for leaks."),
        Right("Nobody can say", "All brick here is one wall, in one light: a single thing."),
    )
)

# %% [markdown]
# Tell the command so. In the folder `photographs`, the nine regions of a photograph lie in one
# subfolder of their class:

# %%
print(cnnedu("finetune", "photographs", "--out", "others"))

# %% [markdown]
# It refuses, and it is right: from one wall, no split can say how the network does on another. The
# command keeps things whole, but *what* a thing is, only you know. Nor does it know your question,
# what a mistake costs, or who took the pictures. The card leaves those lines to you. Begin with 20
# things of each class, complete the card, and read the page of mistakes before you believe the
# accuracy. `cnnedu predict PICTURE… --network results` uses what you have trained.
#
# `cnnedu finetune FOLDER --page FILE.html` also writes your network into one file that you can give
# away. Open it in a browser, with the network off if you like. Drop a picture into it, or hold
# something before the camera: it names the likeliest classes, and shows the evidence for each with
# Grad-CAM (lesson 14). Show it to somebody who didn't take the pictures. What they hold before the
# camera is a test that your folder can't give.
#
# ## Quiz

# %%
Quiz(
    Question(
        "You film ten birds and take 100 frames of each. How do you split?",
        Wrong("1,000 frames at random", "Neighbouring frames are all but the same picture."),
        Wrong("The first 80 frames of each bird to learn from", "Each bird is on both sides."),
        Right("By bird: whole birds aside", "And now you see that you have ten draws, not 1,000."),
    ),
    Question(
        "Your test accuracy is disappointing. You change the network; now it is better. Report?",
        Wrong("The new figure, since that is the network", "The test set chose it: too high."),
        Wrong("The mean of both figures", "A mean of a fair figure and an unfair one is unfair."),
        Right(
            "A figure on new pictures", "The old test set is validation now. Say so in the card."
        ),
    ),
    Question(
        "All heat lies on the animal. What follows?",
        Wrong("It recognises animals as we do", "It may go by the collar: that is there, too."),
        Right("No reason to stop was found", "A map can show a flaw, not the absence of flaws."),
        Wrong("Its answer is probably right", "It may look at a dog and say cat."),
    ),
    Question(
        "Which sentence belongs under *limits*?",
        Wrong(
            "“Accuracy could be improved with more data.”",
            "True of everything, so it warns nobody.",
        ),
        Right(
            "“Photographed in one room, by one person.”", "That tells a reader when to be careful."
        ),
        Wrong(
            "“We take no responsibility for its answers.”",
            "That protects you. A limit protects the reader.",
        ),
    ),
)

# %% tags=["nbval-ignore-output"]
work.cleanup()
album.cleanup()

# %% [markdown]
# ## In five lines
#
# 1. The question comes first; it decides what a fair test is.
# 2. What belongs together stays on one side of the split.
# 3. Baselines before networks; validation before the test; the test once.
# 4. Pictures of one thing are one draw: compute the error by groups. A heat map needs a control.
# 5. A model card without limits is an advertisement. A command can't write them for you.
#
# **Now you:** [exercise 18](../exercises/18_capstone/18_capstone.ipynb), your own project. This was
# the last lesson. [The first](00_start_here.ipynb) ended with "one right answer proves little"; now
# you can say how little.
#
# ## To read on
#
# - M. Mitchell, S. Wu, A. Zaldivar, P. Barnes, L. Vasserman, B. Hutchinson, E. Spitzer, I. D. Raji,
#   T. Gebru. "Model cards for model reporting." *Conference on Fairness, Accountability, and
#   Transparency*, 2019.
# - T. Gebru, J. Morgenstern, B. Vecchione, J. W. Vaughan, H. Wallach, H. Daumé III, K. Crawford.
#   "Datasheets for datasets." *Communications of the ACM* 64(12), 2021.
# - S. Kapoor, A. Narayanan. "Leakage and the reproducibility crisis in machine-learning-based
#   science." *Patterns* 4(9), 2023. Seventeen fields, and how often the split was to blame.
# - J. Adebayo, J. Gilmer, M. Muelly, I. Goodfellow, M. Hardt, B. Kim. "Sanity checks for saliency
#   maps." *NeurIPS*, 2018.
