# %% [markdown]
# # 00 · Start here
#
# Run this page from top to bottom (menu *Run*, then *Run All Cells*). Within a few seconds a
# trained network looks at a photograph, says what it sees, and shows where it looked. By the end of
# the course you will have built every part of that yourself, beginning with pencil and paper.
#
# **After this lesson you can**
#
# - run, change and repair a notebook;
# - use the course's widgets and quizzes, and know what an exercise tells you when you are wrong;
# - say what goes into an image classifier and what comes out;
# - say why a right answer on one photograph proves little.
#
# *Time:* 20 minutes. *Before this:* a little Python. Nothing else.

# %%
import numpy as np

from cnnedu import plots
from cnnedu.data import photo, shrink, square
from cnnedu.explain.occlusion import occlusion
from cnnedu.models.pretrained import load_pretrained
from cnnedu.widgets import Question, Quiz, Right, Wrong

cat = photo("cat")
face = square(cat, top=0, left=45, size=300)  # the network wants a square …
small = shrink(face, 32)  # … of 32 × 32 pixels …
x = small.transpose(2, 0, 1)[None]  # … as (pictures, colours, rows, columns)

trained = load_pretrained("fast")
probabilities = trained.probabilities(x)[0]
heat = occlusion(trained.network, trained.prepare(x)[0], target=int(probabilities.argmax()))
plots.show_answer(face, small, trained.classes, probabilities, heat)

# %% [markdown]
# All of this was computed just now, on this computer. A photograph went in, as numbers; ten numbers
# came out, one for each class the network knows. Before we ask whether to believe it, a word on the
# tools.
#
# ## A notebook is made of cells
#
# Grey boxes hold code. Click into one and press **Shift + Enter**: it runs, its last value appears
# below it, and the next cell is selected. Try it here: the answer to "what went in?".

# %%
print(x.shape, x.dtype, "from", x.min(), "to", x.max())

# %% [markdown]
# One picture, three colours (red, green, blue), 32 rows, 32 columns, each a whole number from 0 to
# 255: 3,072 numbers in all. And this is what came out:

# %%
for name, probability in zip(trained.classes, probabilities, strict=True):
    print(f"{name:<11}{100 * probability:5.1f} %")

# %% [markdown]
# Three things to know about cells:
#
# - **You may change everything.** Change `"cat"` into `"coffee"` in the first code cell and run it
#   again. (There is no coffee among the ten classes. Whatever it is shown, the network names one of
#   its ten.)
# - **Order matters.** Cells share one memory, and what counts is the order in which you *ran* them,
#   not the order on the page.
# - **You can't break anything.** *Kernel*, then *Restart Kernel and Run All Cells* puts everything
#   back. Only what you write yourself needs saving.
#
# ## Some cells are for the hand
#
# The course asks you to **predict, then look**: commit to an answer before you run the cell that
# reveals it. You remember best what surprised you. Every answer has its reply, and you may choose
# again. (The code of a quiz is folded away, since the answers stand in it.)
#
# The network saw a square cut from the photograph. Now let that square slide to the right, a few
# pixels at a time. The cat stays a cat. And let a second network look, `classic`: smaller, and
# trained as most introductory texts do it. It knows the same ten classes.

# %%
Quiz(
    Question(
        "What will `classic` say while the square slides?",
        Wrong("Cat, all the way", "So would we all. Run the next cell."),
        Wrong(
            "Cat, less and less surely",
            "It does lose its way, but not smoothly, and it does not say so.",
        ),
        Right(
            "Several other animals, some of them with great confidence",
            "Yes. Being sure and being right are two things; lesson 15 is about that.",
        ),
    )
)

# %%
lefts = list(range(0, 151, 3))
slides = np.stack([shrink(square(cat, top=0, left=left, size=300), 32) for left in lefts])
classic = load_pretrained("classic")
answers = classic.probabilities(slides.transpose(0, 3, 1, 2))
plots.show_slide(lefts, answers, trained.classes, cat, size=300)

# %% [markdown]
# ## A claim to test
#
# > "The network recognises the cat."
#
# How often was it right, over all the places of the square? First `classic`, then the network from
# the top of this page, `fast`:

# %%
for network in (classic, trained):
    answers = network.probabilities(slides.transpose(0, 3, 1, 2))
    said = [network.classes[k] for k in answers.argmax(axis=1)]
    for name in sorted(set(said), key=said.count, reverse=True):
        print(f"{name:<6}at {said.count(name):2d} of {len(said)} places")
    print()

# %% [markdown]
# **What came out.** At some places `classic` says cat, and is sure; a finger's breadth further it
# says something else, and is nearly as sure. At the place at the top of this page both would have
# looked perfect. *One picture proves little; a measurement over many does.* On the 10,000 pictures
# on which they were tested, the two were right about

# %%
for network in (classic, trained):
    print(f"{100 * network.test_accuracy:.1f} %")

# %% [markdown]
# of the time. Nor does `fast` know what a cat is. Turn the picture by 90°:

# %%
turned = trained.probabilities(np.rot90(small).transpose(2, 0, 1)[None].copy())[0]
print(f"{trained.classes[turned.argmax()]}, {100 * turned.max():.0f} %")

# %% [markdown]
# Both learnt in about two minutes, on two processor cores, as their model cards say:
# [classic](../cnnedu/models/pretrained/classic.md), [fast](../cnnedu/models/pretrained/fast.md). In
# part three you train them yourself; in part four you find out why they say what they say.
#
# ## Where it looked
#
# The coloured picture at the top is an **occlusion** map: cover a patch of the picture with grey,
# and see how much of the probability is lost. Red is where covering hurts. You can do it by hand.
# Here a grey patch of 8 × 8 pixels lies once on the nose, once in a corner:

# %%
for place, rows, columns in [("nose", (15, 23), (13, 21)), ("corner", (24, 32), (24, 32))]:
    covered = x.copy()
    covered[:, :, slice(*rows), slice(*columns)] = 128
    cat_now = trained.probabilities(covered)[0, trained.classes.index("cat")]
    print(f"{place} covered: cat {100 * cat_now:.0f} %")

# %% [markdown]
# ## How an exercise answers
#
# To each lesson belongs an exercise. You write a function; a cell below it checks your answer, and
# tells you *what* is wrong, not only *that* it is. Here is how a check replies to somebody who
# was asked for `1 − x` and wrote `−x`:

# %%
from cnnedu.checks import Case, CheckFailed, Mistake


def negative(x):
    return -x


case = Case(
    "negative",
    inputs=lambda rng: [(rng.integers(0, 2, size=(2, 2)),)],
    reference=lambda x: 1 - x,
    mistakes=(Mistake("You changed the sign. Think of 1 minus the pixel.", lambda x: -x),),
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
# If that line names a problem, it also says what to do. `cnnedu doctor` in a terminal tells more.
#
# ## Quiz

# %%
Quiz(
    Question(
        "What does the network get to see?",
        Wrong("The photograph, 300 × 451 pixels", "It was cut to a square and made smaller first."),
        Right("32 × 32 × 3 = 3,072 numbers", "Rows, columns and colours; that is all there is."),
        Wrong("A list of edges and eyes", "Nobody told it about eyes. It gets the bare pixels."),
    ),
    Question(
        "You show it a cup of coffee. What does it say?",
        Wrong("“I don't know”", "There is no such answer among its ten numbers."),
        Right("One of its ten classes", "The ten probabilities always add up to 100 %."),
        Wrong("Nothing", "A network computes its numbers whatever goes in."),
    ),
    Question(
        "A cell complains that `x` is not defined. What is likely?",
        Right(
            "The cell that makes `x` has not been run",
            "*Run All Cells* from the top puts it right.",
        ),
        Wrong("The notebook is broken", "Cells share one memory; something in it is missing."),
        Wrong("`x` has to be typed in again", "It is enough to run the cell that makes it."),
    ),
)

# %% [markdown]
# ## In five lines
#
# 1. A picture goes in as numbers, ten probabilities come out.
# 2. Run a cell with Shift + Enter; order matters; restarting puts everything back.
# 3. Predict, then look.
# 4. One right answer proves little: move the picture a little, and measure.
# 5. An occlusion map shows which pixels an answer depends on.
#
# **Now you:** [exercise 00](../exercises/00_start_here/00_start_here.ipynb), ten minutes.
# **Next:** [lesson 01, convolution by hand](01_convolution_by_hand.ipynb).
#
# ## To read on
#
# - A. Krizhevsky. "Learning multiple layers of features from tiny images." Technical report,
#   University of Toronto, 2009. The ten classes and the 60,000 pictures.
# - M. D. Zeiler, R. Fergus. "Visualizing and understanding convolutional networks." *ECCV*, 2014.
#   Section 4.2 covers pictures patch by patch, as above.
# - A. Azulay, Y. Weiss. "Why do deep convolutional networks generalize so poorly to small image
#   transformations?" *Journal of Machine Learning Research* 20(184), 2019. The sliding square, on
#   far larger networks.
