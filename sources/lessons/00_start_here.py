# %% [markdown]
# # 00 · Start here
#
# Run this page from top to bottom (menu `Run`, then `Run All Cells`). Within a few seconds, two
# trained networks name what is in a photograph, and a map for each shows which places speak for its
# answer. By the end of the course you will have built all of this yourself, beginning with pencil
# and paper. (Don't read the code yet. It becomes familiar on the way.)
#
# **After this lesson you can**
#
# - run, change and repair a notebook;
# - use the course's widgets and quizzes, and know what an exercise tells you when you are wrong;
# - say what goes into an image classifier and what comes out;
# - say why one right answer proves little;
# - read an occlusion map, and say what it doesn't tell you.
#
# *Time:* 30 minutes. *Before this:* a little Python. Nothing else.

# %%
import numpy as np
from PIL import Image

from cnnedu import plots
from cnnedu.data import photo, shrink, square

cat = photo("cat")
face = square(cat, top=0, left=45, size=300)  # a network wants a square …
large, small = shrink(face, 224), shrink(face, 32)  # … of the size it was trained on
plots.show_maps([large, small], ["for one network", "for the other"], size=2.6)

# %% [markdown]
# What would *you* say? Here is what the networks say:


# %%
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.overlay import tinted
from cnnedu.models.pretrained import load_pretrained
from cnnedu.widgets import Question, Quiz, Right, Wrong


def ready(picture):
    return picture.transpose(2, 0, 1)[None]  # as (pictures, colours, rows, columns)


def show_to(trained, picture):
    probabilities = trained.probabilities(ready(picture))[0]
    prepared, best = trained.prepare(ready(picture))[0], int(probabilities.argmax())
    heat = grad_cam(trained.network, prepared, best, trained.maps)
    return picture, trained.classes, probabilities, tinted(Image.fromarray(picture), heat)


imagenet, fast = load_pretrained("imagenet"), load_pretrained("fast")
plots.show_answers({"imagenet": show_to(imagenet, large), "fast": show_to(fast, small)})

# %% [markdown]
# All of this was computed just now, on this computer. The same square of the same photograph went
# into two networks, as numbers.
#
# - **`imagenet`** gets 224 × 224 pixels and knows a thousand classes. It has 4.7 million numbers.
#   They were learnt elsewhere, from 1.3 million photographs, and came with the course. ([Its
#   card](../cnnedu/models/pretrained/imagenet.md) says more.) It knows several kinds of cat, and
#   splits its answer among three of them.
# - **`fast`** gets 32 × 32 pixels and knows ten classes. It learnt from 49,000 small pictures, in
#   two minutes, and in part three you train it yourself.
#
# Red marks what spoke for the answer, in the last maps that the network computes. This is a
# **Grad-CAM** map; in lesson 14 you build it in ten lines. Most of the course takes small networks
# like `fast` apart, because there an experiment costs seconds. Before we ask whether to believe
# them, a word about the tools.
#
# ## A notebook is made of cells
#
# Grey boxes hold code. Click inside one and press **Shift + Enter**: it runs, its result appears
# below it, and the next cell is selected. Try it on this one, which says what went into `fast`:

# %%
x = ready(small)
print(x.shape, x.dtype, "from", x.min(), "to", x.max())

# %% [markdown]
# One picture, three colours (red, green and blue), 32 rows and 32 columns: 3,072 numbers in all.
# Each of them can be any whole number from 0 to 255. And this is what came out:

# %%
probabilities = fast.probabilities(x)[0]
for name, probability in zip(fast.classes, probabilities, strict=True):
    print(f"{name:<11}{100 * probability:5.1f} %")

# %% [markdown]
# Each is a **probability**: how sure the network claims to be of that class. Together they make
# 100 %, apart from rounding.
#
# There are three things to know about cells:
#
# - **You may change everything.** Change `"cat"` to `"coffee"` in the first code cell, and run the
#   first two again. (`imagenet` knows coffee. `fast` doesn't: whatever you show it, it names one of
#   its ten classes.) Then change it back.
# - **Order matters.** Cells share one memory, and what counts is the order in which you *ran* them,
#   not their order on the page.
# - **You can't break anything.** If you get lost, choose `Restart Kernel and Run All Cells` in the
#   menu `Kernel`: it empties the memory and computes everything again. If you have spoilt a cell,
#   `Undo` in the menu `Edit` brings its text back.
#
# ## Predict, then look
#
# Before a cell reveals something, the course asks you to **predict** it. Commit to an answer, and
# only then run the cell: what surprises you stays with you. Every answer gets a reply, and you may
# choose again. (The code of a quiz is folded away, since it holds the answers.)
#
# Both networks saw a square cut from the photograph. Now the square slides across the photograph
# from left to right, three pixels at a time. Wherever it stops, there is a cat in it. This time a
# third network, `classic`, looks at it. It knows the same ten classes as `fast`, but it is smaller,
# and it was trained the way most introductory texts do it.

# %%
Quiz(
    Question(
        "What will `classic` say while the square slides?",
        Wrong(
            "Cat at every place, since there is a cat in each square",
            "That is what any of us would say. Run the next cell.",
        ),
        Wrong(
            "Cat, but less and less sure as the square slides on",
            "It does lose its way, but not smoothly, and its probabilities don't warn you.",
        ),
        Right(
            "Several animals in turn, some of them wrong but very sure",
            "Yes. Being sure and being right are two things; lesson 15 is about that.",
        ),
    )
)

# %%
lefts = list(range(0, 151, 3))
slides = np.stack([shrink(square(cat, top=0, left=left, size=300), 32) for left in lefts])
classic = load_pretrained("classic")
answers = classic.probabilities(slides.transpose(0, 3, 1, 2))  # (pictures, colours, rows, columns)
plots.show_slide(lefts, answers, classic.classes, cat, size=300, name="classic")

# %% [markdown]
# ## A claim to test
#
# > "The network recognises the cat."
#
# At how many places did each network give each answer, and how sure was it at its surest? `classic`
# comes first, then `fast`:

# %%
networks = {"classic": classic, "fast": fast}
for network in networks.values():
    answers = network.probabilities(slides.transpose(0, 3, 1, 2))
    said = np.array([network.classes[k] for k in answers.argmax(axis=1)])
    for name in sorted(set(said), key=list(said).count, reverse=True):
        sure = 100 * answers.max(axis=1)[said == name].max()
        print(f"{name:<5} at {sum(said == name):2d} of {len(said)} places, at most {sure:.0f} %")
    print()

# %% [markdown]
# **What came out.** `classic` says "cat" at about a third of the places. At the others it names
# three other animals, and its surest wrong answer is as sure as its surest right one. `fast` is
# right at all but two places. At pixel 45, where the square lies at the top of the page, both are
# right, and nowhere is `classic` surer of the cat. *One picture proves little; a measurement over
# many proves more.* Both networks were tested on the same 10,000 pictures, which they had not seen
# in training. This is how many they got right:

# %%
for name, network in networks.items():
    print(f"{name:<8}{100 * network.test_accuracy:.1f} %  (JPEG copy)")

# %% [markdown]
# (The pictures had been saved as JPEG files, which changes them slightly; hence the note. This
# `fast` is an older run. In lesson 13 it reaches 88 %.) Now turn the picture from the top of the
# page by a quarter, a half and three quarters of a full turn. What do `fast` and `imagenet` say?

# %%
for turns in range(1, 4):
    for trained, picture in ((fast, small), (imagenet, large)):
        answer = trained.probabilities(ready(np.rot90(picture, turns)).copy())[0]
        said = f"{trained.classes[answer.argmax()]}, {100 * answer.max():.0f} %"
        print(f"{90 * turns:3d}°, {trained.size:3d} pixels: {said}")

# %% [markdown]
# `fast` never says "cat", and `imagenet` always does. (Any of its five kinds of domestic cat would
# count. That, too, is only one picture; lesson 15 turns many.)
#
# ### Is it the pixels?
#
# `imagenet` gets 49 times as many pixels as `fast`. Is that why it does better? Let us take them
# away. We shrink the square to 32 × 32 pixels, as for `fast`, and then enlarge it smoothly to 224
# again, since `imagenet` takes no other size. What is lost doesn't come back.

# %%
Quiz(
    Question(
        "With 32 × 32 pixels, what will `imagenet` make of the turned cat?",
        Wrong(
            "A cat at every turn, as before: it has learnt what a cat is",
            "It says so as long as the cat is upright. Run the next cell.",
        ),
        Wrong(
            "No cat, not even upright: it was trained on sharp photographs",
            "It was, and yet it copes with the upright one. Run the next cell.",
        ),
        Right(
            "A cat when it stands upright, but none when it is turned",
            "Yes, on this photograph, and enlarged in this way.",
        ),
    )
)

# %%
for size, how in ((224, "smoothly"), (32, "smoothly"), (32, "as plain squares")):
    enlarge = Image.BICUBIC if how == "smoothly" else Image.NEAREST
    seen = np.array(Image.fromarray(shrink(face, size)).resize((224, 224), enlarge))
    print(f"{size} × {size} pixels" + (f", enlarged {how}" if size < 224 else ""))
    for turns in range(4):
        answer = imagenet.probabilities(ready(np.rot90(seen, turns)).copy())[0]
        print(f"{90 * turns:6d}°: {imagenet.classes[answer.argmax()]}, {100 * answer.max():.0f} %")

# %% [markdown]
# **What came out.** Upright, 32 × 32 pixels are enough: `imagenet` still says "Egyptian cat".
# Turned, they aren't: it says "lion", "horned viper" and "fox squirrel". So on this photograph,
# what sets it apart from `fast` goes when the pixels go. But look at the last lines. Enlarged as
# plain squares, the same 3,072 numbers don't even bring an upright cat: *how* the picture is
# enlarged matters, too, and neither way gives a picture like those that `imagenet` learnt from. And
# much else differs between the two: `imagenet` has seven times as many numbers, it learnt them from
# 26 times as many pictures, and it was taught to tell finer classes apart. This experiment can't
# separate these.
#
# `classic` and `fast` learnt for about two minutes each, on two processor cores, as their model
# cards say: [classic](../cnnedu/models/pretrained/classic.md),
# [fast](../cnnedu/models/pretrained/fast.md). In part three you train them yourself; in part four
# you ask why networks say what they say.
#
# ## What the answer depends on
#
# Grad-CAM looks inside a network. There is a simpler way, from outside: cover something, and ask
# again. A grey patch of 8 × 8 pixels covers one part of the picture after another, and each time we
# note how much `fast` loses of its probability of "cat". The result is an **occlusion** map. It
# shows, for each pixel, the mean over all patches that covered it. Where it is red, covering costs
# probability. Where it is blue, covering *adds* some.
#
# You can lay the patch down yourself. Here are four places for it: below the eye, where it costs
# most; on the nose; on the forehead, where it adds most; and in a corner. (Change the numbers, row
# and column, to try others.)


# %%
def cover(picture, place, level=128):
    """Return a copy of a picture with a patch of 8 × 8 pixels, grey unless told otherwise."""
    (row, column), picture = place, picture.copy()
    picture[:, :, row : row + 8, column : column + 8] = level
    return picture


def sure_of(name, picture):
    """Return the probability that `fast` gives to a class, in per cent."""
    return 100 * fast.probabilities(picture)[0, fast.classes.index(name)]


heat = occlusion(fast.network, fast.prepare(x)[0], target=fast.classes.index("cat"))
places = {"below the eye": (15, 15), "nose": (23, 19), "forehead": (2, 6), "corner": (24, 0)}
changes = [sure_of("cat", cover(x, place)) - sure_of("cat", x) for place in places.values()]
plots.show_patches(small, heat, places, changes, size=8)

# %% [markdown]
# Compare the map with the Grad-CAM map of `fast` at the top of the page: the two agree only in
# part. Lesson 14 asks which of such maps to trust.
#
# A grey patch is not nothing: it is a new thing in the picture. So we also try a black one and a
# white one. How probable are "cat" and "dog" then, in per cent?


# %%
def cat_and_dog(picture):
    return f"cat {sure_of('cat', picture):2.0f}, dog {sure_of('dog', picture):2.0f}"


print(f"{'covered':<15}black{'grey':>12}{'white':>16}")
print(f"{'nothing':<15}{cat_and_dog(x)}")
for name, place in places.items():
    covered = [cat_and_dog(cover(x, place, level)) for level in (0, 128, 255)]
    print(f"{name:<15}", "   ".join(covered), sep="")

# %% [markdown]
# Of the four patches, the one below the eye costs most, whatever its colour, though *how* much
# depends on the colour. The one on the nose costs 17 points, and the one in the corner 11 at most.
# And with the forehead covered, "cat" *rises* and "dog" loses most of what it had. So far as three
# patches can tell, the forehead of this picture counts in favour of "dog".
#
# So the map tells you on which pixels an answer depends. It doesn't tell you why. Nor does it tell
# you where the network "looked": the network works on the whole picture every time.
#
# ## How an exercise answers
#
# Each lesson has an exercise. You write a function, and the cell below it checks your answer. It
# tells you *what* is wrong, not only *that* something is. Suppose somebody is asked to exchange
# left and right in a picture, and turns it upside down instead. Here is what the check replies:

# %%
from cnnedu.checks import Case, CheckFailed, Mistake


def mirrored(x):
    return x[::-1]


case = Case(
    "mirrored",
    inputs=lambda rng: [(np.array([[1, 1, 0], [0, 1, 0]]),)],
    reference=lambda x: x[:, ::-1],
    mistakes=(Mistake("You exchanged top and bottom, not left and right.", lambda x: x[::-1]),),
)
try:
    case.run(globals(), seed=0)
except CheckFailed as reply:
    print(reply)

# %% [markdown]
# ## Is everything here?

# %%
from cnnedu.doctor import describe_setup

print(describe_setup())

# %% [markdown]
# If that line names a problem, it also says what to do. For more, type `cnnedu doctor` in a
# terminal.
#
# ## Quiz

# %%
Quiz(
    Question(
        "What does `fast` get to see?",
        Wrong(
            "The photograph, with all its 300 × 451 pixels",
            "It was cut to a square and made smaller first.",
        ),
        Right(
            "32 × 32 pixels of three colours: 3,072 numbers",
            "Rows, columns and colours; that is all there is.",
        ),
        Wrong(
            "A list of the edges, eyes and ears",
            "Nobody told it about eyes. It gets the bare pixels.",
        ),
    ),
    Question(
        "You show `fast` a cup of coffee. What does it say?",
        Wrong(
            "That it doesn't know, since coffee isn't a class",
            "None of its ten numbers stands for such an answer.",
        ),
        Right(
            "One of its ten classes, as for any picture",
            "The ten probabilities always add up to 100 %.",
        ),
        Wrong(
            "Nothing: all ten probabilities are 0 %",
            "A network computes its numbers whatever goes in, and they add up to 100 %.",
        ),
    ),
    Question(
        "A cell complains that `x` is not defined. What is likely?",
        Right(
            "The cell that makes `x` has not been run",
            "`Run All Cells` from the top puts it right.",
        ),
        Wrong(
            "The notebook is damaged and must be downloaded again",
            "Only the memory lacks something. Run the cell that makes it.",
        ),
        Wrong(
            "`x` was lost and has to be typed in once more",
            "It is enough to run the cell that makes it.",
        ),
    ),
    Question(
        "On an occlusion map for “cat”, a place is white. What does that say?",
        Right(
            "Covering it changes the probability of “cat” little",
            "Yes. That is all that was measured.",
        ),
        Wrong(
            "The network doesn't use these pixels to answer",
            "It may well have. All we know is that it answers much the same without them.",
        ),
        Wrong(
            "These pixels lie beside the cat, in the background",
            "The map knows nothing of cats. White may lie on the cat, and red beside it.",
        ),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. A picture goes in as numbers, and a probability for each class comes out.
# 2. Run a cell with Shift + Enter; order matters; restarting computes everything afresh.
# 3. Predict, then look.
# 4. One right answer proves little: move the picture a little, and measure.
# 5. An occlusion map shows on which pixels an answer depends. It doesn't say why.
#
# **Now you:** [exercise 00](../exercises/00_start_here/00_start_here.ipynb), ten minutes.
# **Next:** [lesson 01, convolution by hand](01_convolution_by_hand.ipynb).
#
# ## To read on
#
# - [CNN Explainer](https://poloclub.github.io/cnn-explainer/): a small network in the browser, down
#   to its multiplications. Z. J. Wang and others, *IEEE VIS*, 2020.
# - [TensorFlow Playground](https://playground.tensorflow.org): watch a tiny network learn to tell
#   two kinds of points apart.
# - 3Blue1Brown,
#   ["But what is a neural network?"](https://www.3blue1brown.com/lessons/neural-networks) A
#   twenty-minute film.
# - M. Tan, Q. V. Le. "EfficientNet: rethinking model scaling for convolutional neural networks."
#   *ICML*, 2019. The network called `imagenet` here is its small relative, EfficientNet-Lite0.
# - A. Krizhevsky. "Learning multiple layers of features from tiny images." Technical report,
#   University of Toronto, 2009. The ten classes and the 60,000 pictures.
# - M. D. Zeiler, R. Fergus. "Visualizing and understanding convolutional networks." *ECCV*, 2014.
#   Section 4.2 covers pictures patch by patch, as above.
# - A. Azulay, Y. Weiss. "Why do deep convolutional networks generalize so poorly to small image
#   transformations?" *Journal of Machine Learning Research* 20(184), 2019. The sliding square, on
#   far larger networks.
