"""nbgrader's settings for this course: `solutions/` is its source, `exercises/` its release."""

from pathlib import Path

c = get_config()  # noqa: F821 (nbgrader provides it)

c.CourseDirectory.course_id = "cnnedu"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# What grading makes and what students hand in stays together in one ignored folder.
c.CourseDirectory.submitted_directory = "grading/submitted"
c.CourseDirectory.autograded_directory = "grading/autograded"
c.CourseDirectory.feedback_directory = "grading/feedback"
c.ZipCollectApp.downloaded_directory = "grading/downloaded"
_folder = Path(__file__).parent / "grading"
_folder.mkdir(exist_ok=True)
c.CourseDirectory.db_url = f"sqlite:///{_folder / 'gradebook.db'}"
c.ExportPlugin.to = str(_folder / "grades.csv")

# Feedback explains what is wrong without showing the hidden tests, and why points have changed.
c.GenerateFeedback.preprocessors = [
    "cnnedu.grading.feedback.HideTests",
    "cnnedu.grading.feedback.ShowRegrades",
    "nbgrader.preprocessors.GetGrades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
