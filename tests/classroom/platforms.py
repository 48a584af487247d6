"""What learning platforms do with a file that is imported, written to their documentation.

Nothing here comes from the course's own code: these readers are the other side. Sources: see
`cnnedu/classroom/school_export.py` and `feedback_zip.py`.
"""

import csv
import io
import re
import zipfile

PLACEHOLDER = "Participant "


def moodle_worksheet(data, separator=",", participant=PLACEHOLDER, comma=False, **named):
    """Return {number of a participant: grade}, as Moodle's grading worksheet is imported.

    Moodle drops UTF-8's mark, finds three columns by their names in the reader's language, cuts
    "Participant " off the number, and reads the grade with the language's decimal sign.
    """
    heads = {"id": "Identifier", "grade": "Grade", "time": "Last modified (grade)"} | named
    text = data.decode("utf-8").removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    at = {what: rows[0].index(name) for what, name in heads.items()}
    assert all(len(row) == len(rows[0]) for row in rows), "csvweirdcolumns"
    found = {}
    for row in rows[1:]:
        cell = row[at["grade"]].replace(" ", "")
        found[int(row[at["id"]][len(participant) :])] = (
            None if cell == "" else float(cell.replace(",", ".") if comma else cell)
        )
    return found


def moodle_gradebook(data, user, grade):
    """Return {address or number: grade}, as Moodle's gradebook imports CSV; "-" is no grade.

    `user`, `grade`: the headings that the teacher maps.
    """
    text = data.decode("utf-8").removeprefix("\ufeff")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {row[user]: None if row[grade] in ("", "-") else float(row[grade]) for row in rows}


def canvas(data, assignment):
    """Return ({Canvas' number of a student: grade}, points possible) of one assignment.

    Canvas wants `Student`, `ID`, … `Section` in this order, finds the assignment by the number in
    brackets, takes commas in numbers for points, and skips the line of manual posting.
    """
    text = data.decode("utf-8")
    commas, semicolons = (text.split("\n")[0].count(mark) for mark in ",;")
    separator = ";" if semicolons > commas else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    heading = rows[0]
    assert "Student" in heading[0]
    assert "ID" in heading[1]
    last = 2 + ("SIS Login ID" in heading[2:4]) + ("SIS User ID" in heading)
    assert "Section" in heading[last]
    (column,) = [at for at, head in enumerate(heading) if re.search(rf"\({assignment}\)$", head)]
    grades, possible = {}, None
    for row in rows[1:]:
        grade = row[column].strip()
        if re.fullmatch(r"-?[0-9.,]+%?", grade):
            *parts, end = re.split("[,.]", grade)
            grade = float(".".join(["".join(parts), end]) if parts else end)
        if "Points Possible" in row[0]:
            possible = grade
        elif any(re.match(r"\s*(Muted|Manual Posting)", cell) for cell in row):
            continue
        else:
            grades[int(row[1])] = grade or None
    return grades, possible


def moodle_feedback(data, participants):
    """Return {number of a participant: {name of a file: bytes}}, as Moodle unpacks a zip file."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            parts = name.split("/")
            while parts:
                info = parts.pop(0).split("_", 4)
                if len(info) == 5 and info[1].isdigit() and int(info[1]) in participants:
                    assert info[2:4] == ["assignsubmission", "file"]
                    inside = "/".join([info[4], *parts]).lstrip("/")
                    assert not inside.startswith((".", "~"))
                    found.setdefault(int(info[1]), {})[inside] = file.read(name)
                    break
    return found
